/** `ufm-check new`: a module to start from, which runs as it stands. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../../errors.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';
import { scaffold } from '../scaffold.js';
import { EXIT } from '../exit-codes.js';

export interface NewArguments {
  /** `my-paper/theorem-1`. */
  readonly name: string;
  readonly json: boolean;
}

const NAME = /^([a-z][a-z0-9-]*)\/([a-z0-9][a-z0-9.-]*)$/;

/**
 * Writes a new file and never replaces one.
 *
 * @throws UsageError where there is one, or none can be made; what was begun is taken away
 */
const create = (file: string, text: string): void => {
  let made = false;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '', { flag: 'wx' });
    made = true;
    writeFileSync(file, text);
  } catch (error) {
    if (made) rmSync(file, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'EEXIST') throw new UsageError(`${file} exists already`, 'Choose another name: it is not touched.');
    throw new UsageError(`cannot write ${file} (${code})`, 'Run the command in a folder that can be written.');
  }
};

/** @throws UsageError for a name that is none or is taken, and for a file that exists */
export const newModule = async (args: NewArguments, io: Io): Promise<number> => {
  const [, paper, theorem] = NAME.exec(args.name) ?? [];
  if (paper === undefined || theorem === undefined || /\.[cm]?[jt]s$/.test(theorem)) {
    throw new UsageError(
      `"${args.name}" is no name of a theorem`,
      'A paper and a theorem in lower-case letters, digits and dashes, such as my-paper/theorem-1; .ts is added.',
    );
  }
  const { registry } = await loadTheorems([]);
  if (registry.has(args.name)) {
    throw new UsageError(`${args.name} ships with ufm-check`, 'Choose another name.');
  }
  const file = `${args.name}.ts`;
  create(file, scaffold({ paper, theorem, file }));
  const next = `npx ufm-check verify --theorems ${file}`;
  if (args.json) io.out(JSON.stringify({ format: 'ufm-check-new/1', file, theorem: args.name, next }, null, 2));
  else io.out(`wrote ${file}: a theorem that holds; make it yours, and search it for TODO\nnext: ${next}`);
  return EXIT.asExpected;
};
