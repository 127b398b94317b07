/** The built program in this process, for the tests of pages; as a reader would run it, from a folder. */
import { writeFileSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { page as textOf, root, shownAs } from './blocks.js';

type Main = typeof import('../../src/cli/main.js');

export const runProgram = async (
  args: readonly string[],
  folder: string,
): Promise<{ readonly code: number; readonly out: string }> => {
  const { run } = (await import(`${root}dist/src/cli/main.js`)) as Main;
  let out = '';
  // Help goes to standard output directly.
  const help = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const before = process.cwd();
  process.chdir(folder);
  try {
    const io = { out: (text: string) => void (out += `${text}\n`), error: () => undefined, interrupted: () => false };
    return { code: await run(args, io), out };
  } finally {
    process.chdir(before);
    help.mockRestore();
  }
};

/** Without what differs between two runs. */
const masked = (text: string): string =>
  text
    .replace(/\b\d+(\.\d+)? s\b/g, '… s')
    .replace(/· \d+ workers?/, '· … workers')
    .trimEnd();

/** The commands of a block, each with what the page says that it prints. */
export const commandsIn = (body: string): { readonly command: string; readonly shown: string }[] =>
  body.split(/^\$ /m).slice(1).map((x) => {
    const [command = '', ...shown] = x.split('\n');
    return { command, shown: shown.join('\n') };
  });

const wordsOf = (command: string): string[] =>
  command
    .replace(/^npx ufm-check /, '')
    .split(' ')
    .filter((x) => x !== '');

const UPDATE = process.env['UFM_CHECK_UPDATE'] !== undefined;

/** Runs a command of a page and compares; writes into the page what it prints, where nothing is shown yet. */
export const printsAsShown = async (where: {
  readonly page: string;
  readonly command: string;
  readonly shown: string;
  readonly folder: string;
}): Promise<void> => {
  const { page, command, shown, folder } = where;
  const { out } = await runProgram(wordsOf(command), folder);
  if (UPDATE && shown.trim() === '') {
    const line = `$ ${command}\n`;
    const text = textOf(page).replace(`${line}\`\`\``, () => `${line}${out.trimEnd()}\n\`\`\``);
    writeFileSync(`${root}${page}`, text);
    return;
  }
  expect(shown.trim()).not.toBe('');
  if (!shownAs(masked(shown)).test(`${masked(out)}\n`)) expect(masked(out)).toBe(masked(shown));
};
