/**
 * `ufm-check/vitest`: the claims of modules as tests of vitest, one for each check.
 *
 * @module ufm-check/vitest
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { type SuiteOptions, planOf } from './plan.js';

export type { SuiteOptions } from './plan.js';

const TIMEOUT = 600_000;

/**
 * Declares tests for every theorem and lemma that a module exports: its verdict and, of a revision that is meant to
 * hold, each check, the steps of its proof included. A check that has nothing to look at is skipped, and says so.
 *
 * @param exports of a module: `import * as mine from './theorem-1.js'`
 * @throws UsageError where nothing is exported, or options are malformed or impossible
 */
export const theoremSuite = (exports: Readonly<Record<string, unknown>>, options: SuiteOptions = {}): void => {
  for (const { name, prepare, tests } of planOf(exports, options)) {
    describe(name, () => {
      beforeAll(prepare, options.timeout ?? TIMEOUT);
      for (const test of tests) {
        it(test.name, ({ skip }) => {
          const found = test.run();
          if (found !== undefined && 'nothing' in found) skip(found.nothing);
          else if (found !== undefined) expect.fail(found.failure);
        });
      }
    });
  }
};
