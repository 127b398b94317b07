/** Which array of a file is which block of the problem, and which holds the labels. */
import { UsageError } from '../../errors.js';
import type { Problem } from '../../symbolic/objective.js';
import type { NumericArray } from './array.js';
import { type FileArrays, contentsText } from './read.js';

export interface NamedArrays {
  /** By the name of the block. */
  readonly blocks: ReadonlyMap<string, NumericArray>;
  readonly labels?: NumericArray;
  /** Names of what the files hold besides. */
  readonly ignored: readonly string[];
}

/** `W_2`, `w2` and `W2` are one name. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[_\s]/g, '');

const LABELS = 'y';

/** `W2=fc2.weight,y=targets`. @throws UsageError for anything else */
const givenNames = (text: string | undefined, known: readonly string[]): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const part of text?.split(',') ?? []) {
    const [block = '', ...rest] = part.split('=');
    const array = rest.join('=').trim();
    if (!known.includes(block.trim()) || array === '' || names.has(block.trim())) {
      throw new UsageError(
        `--names ${text ?? ''}: '${part}' names no block`,
        `Write for example ${known.map((x) => `${x}=…`).join(',')}.`,
      );
    }
    names.set(block.trim(), array);
  }
  return names;
};

/**
 * Finds every block by its name, up to case and underscores, or by what `--names` says. The features of several layers
 * may be called `H`. Whatever else the files hold is not looked at.
 *
 * @throws UsageError for a block that is missing or cannot be read, and for a name that two arrays fit
 */
export const nameArrays = (
  { blocks: letters, spec }: Problem,
  arrays: FileArrays,
  names: string | undefined,
): NamedArrays => {
  const known = [...letters.map(({ name }) => name), LABELS];
  const given = givenNames(names, known);
  const used = new Set<string>();
  const read = (key: string): NumericArray | undefined => {
    const array = arrays.get(key);
    if (array instanceof UsageError) throw array;
    used.add(key);
    return array;
  };
  const find = (name: string): NumericArray | undefined => {
    const wanted = given.get(name);
    if (wanted !== undefined) {
      if (arrays.has(wanted)) return read(wanted);
      throw new UsageError(`there is no array ${wanted}`, `There is ${contentsText(arrays)}.`);
    }
    const accepted = name === 'H1' && spec.layers > 1 ? ['h1', 'h'] : [plain(name)];
    const [fitting, ...others] = [...arrays.keys()].filter((key) => accepted.includes(plain(key)));
    if (fitting !== undefined && others.length > 0) {
      throw new UsageError(
        `${[fitting, ...others].join(' and ')} may both be ${name}`,
        `Say which it is with --names ${name}=….`,
      );
    }
    return fitting === undefined ? undefined : read(fitting);
  };
  const blocks = new Map<string, NumericArray>();
  for (const { name } of letters) {
    const array = find(name);
    if (array === undefined) {
      throw new UsageError(
        `the block ${name} is missing: there is ${contentsText(arrays)}`,
        `Say which array it is with --names ${name}=….`,
      );
    }
    blocks.set(name, array);
  }
  const labels = find(LABELS);
  const ignored = [...arrays.keys()].filter((key) => !used.has(key));
  return { blocks, ignored, ...(labels === undefined ? {} : { labels }) };
};
