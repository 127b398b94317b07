/** `ufm-check explain`: one line of a report run alone, with every number behind it. */
import type { RunIdentity } from '../../check/command.js';
import { CHECK_IDS, CLAIM_CHECKS, MEASURED_CHECKS } from '../../check/checks.js';
import { UsageError } from '../../errors.js';
import { findLemma, namesLemma } from '../../theorem/lemma/registry.js';
import { findTargets, targetName } from '../../theorem/registry.js';
import { rangeOptions } from '../hunt-ranges.js';
import type { InstanceOptions } from '../instance-options.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { explainLemma } from './explain-lemma.js';
import { explainClaim, explainMeasured } from './explain-theorem.js';
import { WHOLE, explainWhole } from './explain-whole.js';

export interface ExplainArguments extends InstanceOptions {
  /** `4.2@relaxed/spectrum`, or `spectrum` with a theorem. */
  readonly check: string;
  readonly trials: number;
  readonly seed: number;
  /** Threads for what takes a whole verification. */
  readonly workers?: number;
  readonly modules: readonly string[];
}

const IDS: readonly string[] = [...CHECK_IDS, ...WHOLE];

/** The name of a theorem and of a check in `3.1/spectrum` or `tirer-bruna-2022/3.1@current/spectrum`. */
const split = (id: string): readonly [theorem: string, check: string] => {
  const at = id.lastIndexOf('/');
  const [theorem, check] = [id.slice(0, Math.max(0, at)), id.slice(at + 1)];
  if (namesLemma(theorem)) return [theorem, check];
  if (theorem === '' || !IDS.includes(check)) {
    const problem = theorem === '' ? `"${id}" names no theorem` : `there is no check "${check}"`;
    throw new UsageError(problem, `Write THEOREM/CHECK, as in 3.1/spectrum. Checks: ${IDS.join(', ')}.`);
  }
  return [theorem, check];
};

/**
 * Exit code 0: nothing failed; 1: something did; 3: something was left open. The lines are those of `verify` with the
 * same options, and so are their outcomes and figures.
 *
 * @throws UsageError for unknown names
 */
export const explain = async (args: ExplainArguments, io: Io): Promise<number> => {
  const [name, id] = split(args.check);
  const loaded = await loadTheorems(args.modules);
  const { registry, lemmas, modulePath } = loaded;
  const asked = [...rangeOptions(args), `--trials ${args.trials}`];
  if (namesLemma(name)) return explainLemma(findLemma(lemmas, name), id, args, asked, { lemmas, modulePath }, io);
  const [target, another] = findTargets(registry, [name], 'current');
  if (target === undefined || another !== undefined) {
    throw new UsageError(`"${name}" is not one revision`, 'Name one, for example 4.2@original.');
  }
  if (WHOLE.includes(id)) return explainWhole(target, id, args, asked, loaded, io);
  const path = modulePath(target.theorem);
  const identity: RunIdentity = {
    target: targetName(target),
    seed: args.seed,
    ...(path === undefined ? {} : { modulePath: path }),
    asked,
  };
  const claim = CLAIM_CHECKS.find((x) => x.id === id);
  if (claim !== undefined) return explainClaim(target, claim, identity, io);
  const measured = MEASURED_CHECKS.find((x) => x.id === id);
  if (measured === undefined) throw new UsageError(`there is no check "${id}"`, `Checks: ${IDS.join(', ')}.`);
  return explainMeasured(target, measured, args, identity, loaded, io);
};
