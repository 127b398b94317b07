/** Shrinking a failing instance: sizes first, then simple parameters, always inside its case. */
import fc from 'fast-check';
import { caseAt, meetsHypotheses } from './cases.js';
import type { Revision } from './contract.js';
import type { DrawnInstance } from './draw.js';
import { type Genome, type InstanceRanges, decodeDirect, decodeRational, decodeStratum, genomes } from './genome.js';
import type { Instance } from './instance.js';

/** How the instances of an origin come from genomes; undefined for pinned ones. */
const decoderOf = (
  revision: Revision,
  ranges: InstanceRanges,
  { origin, caseId }: DrawnInstance,
): ((genome: Genome) => Instance | undefined) | undefined => {
  if (origin === 'direct') return decodeDirect(revision, ranges);
  if (origin === 'rational') return decodeRational(revision, ranges);
  const stratum = revision.cases.find((c) => c.id === caseId)?.strata.find((x) => x.id === origin);
  return stratum === undefined ? undefined : decodeStratum(revision, stratum, ranges);
};

/**
 * The smallest instance, by fast-check's shrinking of its genome, at which `fails` still holds. `budget` bounds the
 * calls of `fails`; where it runs out, the smallest so far.
 */
export const shrinkInstance = (
  revision: Revision,
  ranges: InstanceRanges,
  start: DrawnInstance,
  fails: (instance: Instance) => boolean,
  budget: number,
): Instance => {
  const decode = decoderOf(revision, ranges, start);
  if (decode === undefined || start.genome === undefined) return start.instance;
  let best = start.instance;
  let calls = 0;
  const survives = (genome: Genome): boolean => {
    const instance = decode(genome);
    if (instance === undefined || calls >= budget) return true;
    if (!meetsHypotheses(revision, instance) || caseAt(revision, instance).id !== start.caseId) return true;
    calls += 1;
    if (!fails(instance)) return true;
    best = instance;
    return false;
  };
  const arbitrary = genomes(ranges, start.genome.genes.length);
  fc.check(fc.property(arbitrary, survives), { examples: [[start.genome]], numRuns: 1, seed: 1 });
  return best;
};
