/** Commands that a reader can paste. */
import type { Instance } from '../theorem/instance.js';

/** What identifies a run besides the instance. */
export interface RunIdentity {
  /** `3.1` or `4.2@original`. */
  readonly target: string;
  readonly seed: number;
  /** The user's own module, if the theorem comes from one. */
  readonly modulePath?: string;
  /** The words that chose the instances, where the user gave any: `--K`, `3..6`, `--trials`, `4`. */
  readonly asked?: readonly string[];
}

/** The option that sets λ of a block: W2 → `--lambda-w2`. */
export const lambdaOption = (block: string): string => `--lambda-${block.toLowerCase()}`;

/** A word of a command, quoted where a shell would read it otherwise. */
export const quoteWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** ` --theorems PATH` where a theorem comes from a module of the user's own. */
export const theoremsOption = (modulePath: string | undefined): string =>
  modulePath === undefined ? '' : ` --theorems ${quoteWord(modulePath)}`;

export const verifyCommand = ({ target, seed, modulePath }: RunIdentity, options: readonly string[] = []): string =>
  [
    'npx ufm-check verify',
    quoteWord(target),
    ...options,
    ...(modulePath === undefined ? [] : ['--theorems', quoteWord(modulePath)]),
    `--seed ${seed}`,
  ].join(' ');

/** The verification again, of the same instances. */
export const runCommand = (identity: RunIdentity): string => verifyCommand(identity, identity.asked);

/** The verification of one instance alone. */
export const instanceCommand = (identity: RunIdentity, { K, n, d, lambda }: Instance): string =>
  verifyCommand(identity, [
    `--K ${K} --d ${d} --n ${n}`,
    ...Object.entries(lambda).map(([block, value]) => `${lambdaOption(block)} ${value}`),
    '--trials 1',
  ]);
