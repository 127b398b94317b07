/** Verification of one theorem in this thread, for tests. */
import { createPool } from '../../src/check/pool.js';
import { type RevisionResult, type VerifyOptions, measureHandler, verifyRevision } from '../../src/check/verify.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import { parseSizeRange } from '../../src/cli/ranges.js';
import type { Theorem } from '../../src/theorem/contract.js';
import type { InstanceRanges } from '../../src/theorem/genome.js';
import { findTargets, registryOf } from '../../src/theorem/registry.js';

/** Cheap sizes, among them some at which nothing coincides: K ≠ n ≥ 2, d > K. */
export const SMALL: InstanceRanges = {
  K: parseSizeRange('K', '1..4'),
  d: parseSizeRange('d', 'K..K+2'),
  n: parseSizeRange('n', '1..4'),
  lambda: {},
};

/** The result of the theorem's current revision: 20 trials at seed 3 in the default ranges, unless told otherwise. */
export const examine = async (theorem: Theorem, options: Partial<VerifyOptions> = {}): Promise<RevisionResult> => {
  const registry = registryOf([theorem]);
  const [target] = findTargets(registry, [], 'current');
  if (target === undefined) throw new Error('no target');
  const pool = createPool({ workers: 0, workerFile: new URL('file:///unused'), handler: measureHandler(registry) });
  const result = await verifyRevision(target, pool, { ranges: DEFAULT_RANGES, trials: 20, seed: 3, ...options });
  await pool.close();
  return result;
};
