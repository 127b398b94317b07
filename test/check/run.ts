/** Verification of one theorem in this thread, for tests. */
import { createPool } from '../../src/check/pool.js';
import { type RevisionResult, type VerifyOptions, measureHandler, verifyRevision } from '../../src/check/verify.js';
import { DEFAULT_RANGES } from '../../src/cli/defaults.js';
import type { Theorem } from '../../src/theorem/contract.js';
import { findTargets, registryOf } from '../../src/theorem/registry.js';

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
