/** What a run does when nothing else is asked. */
import type { InstanceRanges } from '../theorem/genome.js';
import { parseSizeRange } from './ranges.js';

export const DEFAULT_TRIALS = 20;
export const DEFAULT_SEED = 1;
/** Where baselines and reviews are recorded. */
export const DEFAULT_LOCK = 'ufm-check.lock.json';
/** Batches of a hunt. */
export const DEFAULT_BATCHES = 2000;

/** Comfortable instances hide errors: n up to 4, d beyond K, K from 2 on. */
export const DEFAULT_RANGES: InstanceRanges = {
  K: parseSizeRange('K', '1..6'),
  d: parseSizeRange('d', 'K..2K+1'),
  n: parseSizeRange('n', '1..5'),
  lambda: {},
};

export const CLASSES_OF_TWO_LAYERS = parseSizeRange('K', '1..8');
