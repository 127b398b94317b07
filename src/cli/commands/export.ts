/** `ufm-check export`: a claimed minimizer, or another known critical point, as a file that NumPy loads. */
import { extname } from 'node:path';
import { createSetting } from '../../check/setting.js';
import { lambdaOption, quoteWord, theoremsOption } from '../../check/command.js';
import { UsageError } from '../../errors.js';
import { describeInstance, holdsAt, type Instance } from '../../theorem/instance.js';
import { drawInstances } from '../../theorem/draw.js';
import { type Target, findTargets, targetName } from '../../theorem/registry.js';
import type { Setting } from '../../check/setting.js';
import { type InstanceOptions, instanceRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { writeNpy } from '../points/npy.js';
import { writeZip } from '../points/zip.js';
import { writeWhole } from '../write.js';
import { EXIT } from '../exit-codes.js';

export interface ExportArguments extends InstanceOptions {
  readonly theorem: string;
  readonly to: string;
  /** The rank of a member of the theorem's first critical family that has ranks; the claimed minimizer if absent. */
  readonly rank?: number;
  readonly seed: number;
  readonly modules: readonly string[];
  readonly json: boolean;
}

/** @throws UsageError where the claimed form, or the family, has no point at this instance */
const pointOf = (setting: Setting, name: string, rank: number | undefined): Float64Array => {
  const { revision, instance, emptyForm } = setting;
  const where = describeInstance(instance);
  if (rank === undefined) {
    if (emptyForm === undefined) return setting.claimedPoint(0);
    throw new UsageError(
      `theorem ${name} has no point of the claimed form at ${where}: ${emptyForm}`,
      'Choose a larger d.',
    );
  }
  const family = revision.criticalPoints?.find(
    (x) => (x.construction.frames ?? []).some(({ cols }) => cols === 'r') && holdsAt(x.when, instance),
  );
  if (family === undefined) {
    throw new UsageError(`theorem ${name} knows no critical points by rank at ${where}`, 'Leave out --rank.');
  }
  const ranks = setting.ranks(family);
  if (rank < ranks) return setting.familyPoint(family, rank, 0);
  throw new UsageError(
    `--rank ${rank}: "${family.title}" has the ranks 0 to ${ranks - 1} here`,
    'Leave it out for the claimed minimizer.',
  );
};

const drawn = (target: Target, args: ExportArguments): Instance => {
  const { theorem: _, to: __, ...options } = args;
  const [first] = drawInstances(target.revision, instanceRanges(target, options), 1, args.seed).instances;
  if (first === undefined) {
    throw new UsageError(`no instance in these ranges meets the hypotheses of ${targetName(target)}`, 'Widen them.');
  }
  return first.instance;
};

/** @throws UsageError for a file that cannot be written, or an instance without such a point */
export const exportPoint = async (args: ExportArguments, io: Io): Promise<number> => {
  const format = extname(args.to).toLowerCase();
  if (format !== '.npz' && format !== '.json') {
    throw new UsageError(`--to ${args.to}: neither .npz nor .json`, 'For example --to point.npz.');
  }
  const { registry, modulePath } = await loadTheorems(args.modules);
  const [target, another] = findTargets(registry, [args.theorem], 'current');
  if (target === undefined || another !== undefined) {
    throw new UsageError(`"${args.theorem}" is not one revision`, 'Name one, for example 4.1.');
  }
  const name = targetName(target);
  const instance = drawn(target, args);
  const setting = createSetting(target.revision, instance, args.seed);
  const { model } = setting;
  const point = pointOf(setting, name, args.rank);
  const labels = Float64Array.from(model.labels);
  const view = (block: string): Float64Array => model.view(point, block);
  if (format === '.npz') {
    const members = model.blocks.map(({ name: block, rows, cols }): [string, Uint8Array] => [
      `${block}.npy`,
      writeNpy({ shape: block === 'b' ? [rows] : [rows, cols], data: view(block) }),
    ]);
    writeWhole(
      args.to,
      writeZip(new Map([...members, ['y.npy', writeNpy({ shape: [labels.length], data: labels }, 'i8')]])),
    );
  } else {
    const rowsOf = (data: Float64Array, cols: number): number[][] =>
      Array.from({ length: data.length / cols }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);
    const blocks = model.blocks.map(({ name: block, cols }) => [block, rowsOf(view(block), cols)]);
    const document = {
      format: 'ufm-check-point/1',
      theorem: name,
      instance,
      point: Object.fromEntries(blocks) as Record<string, number[][]>,
      y: [...labels],
    };
    writeWhole(args.to, `${JSON.stringify(document)}\n`);
  }
  const value = model.value(point);
  const lambdas = Object.entries(instance.lambda).map(([block, x]) => `${lambdaOption(block)} ${x}`);
  const theorem = `--theorem ${quoteWord(name)}${theoremsOption(modulePath(target.theorem))}`;
  const inspect = ['npx ufm-check inspect', quoteWord(args.to), theorem, ...lambdas, '--transpose none'].join(' ');
  if (args.json) {
    const { to: file, seed } = args;
    io.out(
      JSON.stringify({ format: 'ufm-check-export/1', file, theorem: name, instance, seed, value, inspect }, null, 2),
    );
  } else {
    const what = args.rank === undefined ? 'a claimed minimizer' : `a known critical point of rank ${args.rank}`;
    io.out(
      `wrote ${args.to}: ${what} of theorem ${name} at ${describeInstance(instance)}, f = ${value}\nnext: ${inspect}`,
    );
  }
  return EXIT.asExpected;
};
