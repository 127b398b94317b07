/**
 * Commands in the documentation are run from the root of the project, and print what the pages say.
 *
 * In a block ```` ```console run ```` a line `$ npx ufm-check …` is a command, and what follows is its output; a line
 * `…` stands for any lines, `…` within one for any text, and times and the number of workers do not count.
 * UFM_CHECK_UPDATE=1 fills in output that is missing. A fragment of a file has lines of that file.
 */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PAGES } from '../effort.js';
import { blocks, page, root, shownAs } from './blocks.js';
import { runProgram } from './program.js';

const UPDATE = process.env['UFM_CHECK_UPDATE'] !== undefined;

const masked = (text: string): string =>
  text
    .replace(/\b\d+(\.\d+)? s\b/g, '… s')
    .replace(/· \d+ workers?/, '· … workers')
    .trimEnd();

/** A command, and what a page says that it prints. */
const commandsIn = (body: string): { readonly command: string; readonly shown: string }[] =>
  body.split(/^\$ /m).slice(1).map((x) => {
    const [command = '', ...shown] = x.split('\n');
    return { command, shown: shown.join('\n') };
  });

const wordsOf = (command: string): string[] =>
  command
    .replace(/^npx ufm-check /, '')
    .split(' ')
    .filter((x) => x !== '');

const cases = blocks
  .filter((x) => x.language === 'console' && (x.kind === 'run' || (PAGES && x.kind === 'run-long')))
  .flatMap((x) => commandsIn(x.body).map((y) => ({ name: x.page, ...y })));

describe('commands with their output', () => {
  it.each(cases)('$name: $command', async ({ name, command, shown }) => {
    const { out } = await runProgram(wordsOf(command), root);
    if (UPDATE && shown.trim() === '') {
      const line = `$ ${command}\n`;
      writeFileSync(`${root}${name}`, page(name).replace(`${line}${shown}`, () => `${line}${out.trimEnd()}\n`));
      return;
    }
    expect(shown.trim()).not.toBe('');
    if (!shownAs(masked(shown)).test(`${masked(out)}\n`)) expect(masked(out)).toBe(masked(shown));
  });
});

describe('lines of files', () => {
  const fragments = blocks
    .filter((x) => x.marker?.startsWith('lines: '))
    .map((x) => ({
      name: x.page,
      file: x.marker?.slice('lines: '.length) ?? '',
      lines: x.body.split('\n').filter((line) => line !== '' && line.trim() !== '…'),
    }));

  it.each(fragments)('$name: $file', ({ file, lines }) => {
    const all = page(file).split('\n');
    let at = -1;
    for (const line of lines) {
      at = all.indexOf(line, at + 1);
      expect(at, line).toBeGreaterThanOrEqual(0);
    }
  });
});
