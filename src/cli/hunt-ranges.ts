/** Where a hunt may look, from the options that choose instances. */
import { UsageError } from '../errors.js';
import type { SearchRanges } from '../search/ranges.js';
import { type Target, targetName } from '../theorem/registry.js';
import { type InstanceOptions, instanceRanges } from './instance-options.js';
import { parseLambdaRange } from './ranges.js';

/** @throws UsageError for malformed or impossible values, and for μ where there are not two layers */
export const huntRanges = (target: Target, options: InstanceOptions): SearchRanges => {
  const { mu: text, ...others } = options;
  const mu = text === undefined ? undefined : parseLambdaRange('mu', text);
  if (mu !== undefined && target.revision.problem.spec.layers !== 2) {
    throw new UsageError(`--mu does not belong to theorem ${targetName(target)}`, 'It is a parameter of two layers.');
  }
  const drawsKappa = target.revision.parametrisation?.generators.some((x) => x.symbol.name === 'kappa') === true;
  return { ...instanceRanges(target, drawsKappa ? options : others), ...(mu === undefined ? {} : { mu }) };
};

/** The same as options of a command. */
export const rangeOptions = ({ K, d, n, mu, lambda, lambdas }: InstanceOptions): string[] => {
  const given = { K, d, n, mu, lambda, ...lambdas };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]));
};
