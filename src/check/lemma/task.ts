/** What a worker does for a lemma: the search at one instance. */
import { UsageError } from '../../errors.js';
import type { Instance } from '../../theorem/instance.js';
import type { Lemma } from '../../theorem/lemma/contract.js';
import { type LemmaMeasurement, searchLemma } from './search.js';

/** One instance to search; plain data. */
export interface LemmaTask {
  readonly kind: 'lemma';
  /** Its full id. */
  readonly lemma: string;
  readonly instance: Instance;
  readonly seed: number;
  /** Whether matrices with entries −1, 0, 1 are tried by the thousand here. */
  readonly ternary: boolean;
}

/** What a worker serves, given the lemmas by full id. */
export const lemmaHandler =
  (lemmas: ReadonlyMap<string, Lemma>) =>
  ({ lemma, instance, seed, ternary }: LemmaTask): LemmaMeasurement => {
    const found = lemmas.get(lemma);
    if (found === undefined) throw new UsageError(`there is no lemma ${lemma}`, 'List them with: ufm-check list.');
    return searchLemma(found, instance, seed, { ternary });
  };
