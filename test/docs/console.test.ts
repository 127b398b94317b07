/**
 * Commands in the documentation are run, and print what the pages say.
 *
 * In a block ```` ```console run ```` a line `$ npx ufm-check …` is a command, and what follows is its output; a line
 * `…` stands for any lines, `…` within one for any text, and times and the number of workers do not count. Blocks
 * `run-long` take long and are run with UFM_CHECK_LONG alone. UFM_CHECK_UPDATE=1 fills in output that is missing.
 *
 * A fragment of a file, after `<!-- lines: file -->`, has lines of that file. Commands elsewhere (```` ```sh ````) are
 * not run: they have to name commands and options that exist.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const inDocs = readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' }).filter((x) => x.endsWith('.md'));
const pages = ['README.md', ...inDocs.map((x) => `docs/${x}`)];
const LONG = process.env['UFM_CHECK_LONG'] !== undefined;
const UPDATE = process.env['UFM_CHECK_UPDATE'] !== undefined;

const masked = (text: string): string =>
  text
    .replace(/\b\d+(\.\d+)? s\b/g, '… s')
    .replace(/· \d+ workers?/, '· … workers')
    .trimEnd();

type Main = typeof import('../../src/cli/main.js');

/** Runs a command in this process, from the root of the project, where the tests run. */
const run = async (words: readonly string[]): Promise<string> => {
  const { run: main } = (await import(`${root}dist/src/cli/main.js`)) as Main;
  let out = '';
  const io = { out: (text: string) => void (out += `${text}\n`), error: () => undefined, interrupted: () => false };
  // Help goes to standard output directly.
  const help = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    await main(words, io);
  } finally {
    help.mockRestore();
  }
  return out;
};

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** A pattern for output with `…` in it. */
const pattern = (shown: string): RegExp => {
  const lines = masked(shown)
    .split('\n')
    .map((line) => (line === '…' ? '' : `${line.split('…').map(literal).join('[^\\n]*')}\\n`));
  const joined = lines.map((x) => (x === '' ? '(?:[^\\n]*\\n)*?' : x)).join('');
  return new RegExp(`^${joined}$`);
};

interface Block {
  readonly command: string;
  readonly shown: string;
}

const blocksOf = (text: string, kind: string): Block[] =>
  [...text.matchAll(new RegExp(`^\`\`\`console ${kind}\\n([^]*?)^\`\`\`$`, 'gm'))].flatMap(([, body = '']) =>
    body.split(/^\$ /m).slice(1).map((x) => {
      const [command = '', ...shown] = x.split('\n');
      return { command, shown: shown.join('\n') };
    }),
  );

const wordsOf = (command: string): string[] =>
  command
    .replace(/^npx ufm-check /, '')
    .split(' ')
    .filter((x) => x !== '');

const page = (name: string): string => readFileSync(`${root}${name}`, 'utf8');

const cases = pages.flatMap((name) =>
  ['run', ...(LONG ? ['run-long'] : [])].flatMap((kind) => blocksOf(page(name), kind).map((x) => ({ name, ...x }))),
);

describe('commands with their output', () => {
  it.each(cases)('$name: $command', async ({ name, command, shown }) => {
    const out = await run(wordsOf(command));
    if (UPDATE && shown.trim() === '') {
      const line = `$ ${command}\n`;
      writeFileSync(`${root}${name}`, page(name).replace(`${line}${shown}`, () => `${line}${out.trimEnd()}\n`));
      return;
    }
    expect(shown.trim()).not.toBe('');
    if (!pattern(shown).test(`${masked(out)}\n`)) expect(masked(out)).toBe(masked(shown));
  });
});

describe('lines of files', () => {
  // <!-- lines: file --> before a block: its lines, in this order, with `…` for those left out.
  const fragments = pages.flatMap((name) =>
    [...page(name).matchAll(/^<!-- lines: (\S+) -->\n```\w+\n([^]*?)^```$/gm)].map(([, file = '', body = '']) => ({
      name,
      file,
      lines: body.split('\n').filter((x) => x !== '' && x.trim() !== '…'),
    })),
  );

  it.each(fragments)('$name: $file', ({ file, lines }) => {
    const all = page(file).split('\n');
    let at = -1;
    for (const line of lines) {
      at = all.indexOf(line, at + 1);
      expect(at, line).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('commands that are only named', () => {
  const commands = pages.flatMap((name) =>
    [...page(name).matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, body = '']) =>
      [...body.matchAll(/npx ufm-check ([^#&|>\n]*)/g)].map(([, words = '']) => ({ name, words: words.trim() })),
    ),
  );

  it('name commands and options that exist', async () => {
    expect(commands.length).toBeGreaterThan(10);
    const helps = new Map<string, string>();
    for (const { name, words } of commands) {
      const [command = '', ...rest] = words.split(' ');
      const help = helps.get(command) ?? (await run([command, '--help']));
      helps.set(command, help);
      expect(help, `${name}: ${words}`).toContain(`Usage: ufm-check ${command} `);
      for (const option of rest.filter((x) => x.startsWith('--'))) {
        expect(help, `${name}: ${words}`).toContain(option.split('=')[0]);
      }
    }
  });
});
