/**
 * The fenced blocks of README and docs. What becomes of one stands on its first line, or in a comment before it:
 *
 * - `sh run`, `sh run-long`: each command is run, and exits with 0 or with the code that its comment names
 * - `sh`: the same, for commands that take minutes each (`npm run test:long`)
 * - `console run`, `console run-long`: each command is run and prints what is shown
 * - `sh run-package`, `ts run-package`: run in an empty folder with the package installed (`npm run check:package`)
 * - `<!-- pieces: file -->`, `<!-- file: file -->`: parts or all of a file
 * - `<!-- transcript: … -->`, `<!-- output: … -->`: what a command prints
 * - `<!-- write: file -->`, `<!-- change: file -->`: steps of a tutorial, which is followed from top to bottom
 * - `<!-- compared: test -->`: that test reads the block and compares it
 *
 * `run` belongs to `npm test`, `run-long` to `npm run test:pages`.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const inDocs = readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' }).filter((x) => x.endsWith('.md'));

/** Paths from the root. */
export const pages = ['README.md', ...inDocs.map((x) => `docs/${x}`)];

export const page = (name: string): string => readFileSync(`${root}${name}`, 'utf8');

export interface Block {
  readonly page: string;
  readonly line: number;
  /** `ts`, `sh`, …; empty where none is given. */
  readonly language: string;
  /** The rest of its first line: `run-long`. */
  readonly kind: string;
  /** The comment before it, such as `file: theorems/index.ts`. */
  readonly marker?: string;
  readonly body: string;
}

/** @throws Error for a block that is not closed */
export const blocksOf = (name: string, text: string): Block[] => {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  for (let k = 0; k < lines.length; k++) {
    const [, indent, language = '', kind = ''] = /^( *)```(\S*) ?(.*)$/.exec(lines[k] ?? '') ?? [];
    if (indent === undefined) continue;
    const end = lines.indexOf(`${indent}\`\`\``, k + 1);
    if (end < 0) throw new Error(`${name}:${k + 1}: the block is not closed`);
    const marker = /^ *<!-- (\w+: .*) -->$/.exec(lines[k - 1] ?? '')?.[1];
    const body = lines.slice(k + 1, end).map((x) => x.slice(indent.length));
    blocks.push({
      page: name,
      line: k + 1,
      language,
      kind,
      ...(marker === undefined ? {} : { marker }),
      body: body.map((x) => `${x}\n`).join(''),
    });
    k = end;
  }
  return blocks;
};

export const blocks = pages.flatMap((name) => blocksOf(name, page(name)));

/** Whether a page is followed from top to bottom, in a folder of its own. */
export const isStory = (name: string): boolean =>
  blocks.some((x) => x.page === name && x.marker?.startsWith('write: ') === true);

/** The one block of a page with this comment before it. */
export const marked = (name: string, marker: string): string => {
  const [block, other] = blocksOf(name, page(name)).filter((x) => x.marker === marker);
  if (block === undefined || other !== undefined) throw new Error(`${name} needs one block marked ${marker}`);
  return block.body;
};

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** What matches a text of whole lines that is shown so: a line `…` stands for any lines, `…` in one for any text. */
export const shownAs = (shown: string): RegExp => {
  const lines = shown.trimEnd().split('\n');
  const patterns = lines.map((x) => (x === '…' ? '(?:.*\\n)*?' : `${x.split('…').map(literal).join('.*')}\\n`));
  return new RegExp(`^${patterns.join('')}$`);
};
