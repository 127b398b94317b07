/** `ufm-check inspect`: what a theorem says about a point that the user has found, or trained. */
import { inspectPoint } from '../../check/inspect/inspect.js';
import { lambdaOption, verifyCommand } from '../../check/command.js';
import { UsageError } from '../../errors.js';
import { inspectJson, inspectText } from '../../report/inspect.js';
import { type NextCommands, descentContradicts } from '../../report/inspect-advice.js';
import { findTargets } from '../../theorem/registry.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { loadPoint } from '../points/load.js';
import { conventionOf } from '../points/conventions.js';
import { version } from '../version.js';
import { EXIT } from '../exit-codes.js';

export interface InspectArguments {
  readonly files: readonly string[];
  readonly theorem: string;
  readonly convention: string;
  readonly lambda?: string;
  readonly lambdas: Readonly<Record<string, string>>;
  readonly names?: string;
  /** As typed: block names with commas, or `none`. */
  readonly transpose?: string;
  readonly classMajor: boolean;
  readonly K?: number;
  readonly n?: number;
  readonly d?: number;
  readonly seed: number;
  readonly modules: readonly string[];
  readonly json: boolean;
  /** The options as they were typed, for the replay command. */
  readonly typed: readonly string[];
}

const transposeOf = (text: string | undefined): { readonly transpose?: readonly string[] } =>
  text === undefined ? {} : { transpose: text === 'none' ? [] : text.split(',').map((x) => x.trim()) };

/** 0: nothing contradicts the theorem; 1: the point does, or a descent from it. @throws UsageError for bad input */
export const inspect = async (args: InspectArguments, io: Io): Promise<number> => {
  const { registry, modulePath } = await loadTheorems(args.modules);
  const [target, another] = findTargets(registry, [args.theorem], 'current');
  if (target === undefined || another !== undefined) {
    throw new UsageError(`"${args.theorem}" is not one revision`, 'Name one, for example 4.2@relaxed.');
  }
  const { files, lambda, names, K, n, d } = args;
  const loaded = loadPoint(
    target,
    {
      files,
      convention: conventionOf(args.convention),
      lambdas: args.lambdas,
      classMajor: args.classMajor,
      ...transposeOf(args.transpose),
      ...(lambda === undefined ? {} : { lambda }),
      ...(names === undefined ? {} : { names }),
      ...(K === undefined ? {} : { K }),
      ...(n === undefined ? {} : { n }),
      ...(d === undefined ? {} : { d }),
    },
    args.seed,
  );
  const { instance, point, precision, transposed, labels, ignored, conversion, trainedLoss } = loaded;
  const inspection = inspectPoint(target, instance, point, { precision, seed: args.seed });
  const trained = trainedLoss === undefined ? {} : { trainedLoss };
  const source = { files, transposed, labels, ignored, conversion, ...trained };
  const module = modulePath(target.theorem);
  const options = [
    `--K ${instance.K} --d ${instance.d} --n ${instance.n}`,
    ...Object.entries(instance.lambda).map(([block, value]) => `${lambdaOption(block)} ${value}`),
  ];
  const verify = (name: string, also: readonly string[]): string =>
    verifyCommand({ target: name, seed: args.seed, ...(module === undefined ? {} : { modulePath: module }) }, also);
  const next: NextCommands = {
    search: (name) => verify(name, options).replace('ufm-check verify', 'ufm-check search'),
    verify: (name) => verify(name, [...options, '--trials 1']),
  };
  const command = `npx ufm-check inspect ${args.typed.join(' ')}`;
  if (args.json) {
    const document = inspectJson(inspection, source, next, { version, seed: args.seed, command });
    io.out(JSON.stringify(document, null, 2));
  } else {
    io.out(`${inspectText(inspection, source, next)}\nagain: ${command}`);
  }
  return inspection.contradiction !== undefined || descentContradicts(inspection) ? EXIT.different : EXIT.asExpected;
};
