/** The page that shows the matrix, kept as it is computed. UFM_CHECK_UPDATE=1 rewrites it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { CLAIM_CHECKS, MEASURED_CHECKS } from '../../src/check/checks.js';
import { COLUMNS, type Row, type Says, noticing } from './matrix.js';

const PAGE = fileURLToPath(new URL('../../docs/mutants.md', import.meta.url));

const SIGN: Readonly<Record<Says, string>> = { fail: '✗', open: '○', pass: '·', nothing: ' ' };

/** The whole table takes the runs of every mutant. */
export const LONG = ['UFM_CHECK_LONG', 'UFM_CHECK_UPDATE'].some((name) => process.env[name] !== undefined);

export const readPage = (): string => readFileSync(PAGE, 'utf8');

/** What stands between the mark and its end is the given text. */
export const requireOnPage = (mark: string, text: string): void => {
  const block = new RegExp(`(<!-- ${mark} -->\n)([\\s\\S]*?)(<!-- end -->)`);
  const page = readFileSync(PAGE, 'utf8');
  if (process.env['UFM_CHECK_UPDATE'] !== undefined) {
    writeFileSync(PAGE, page.replace(block, (_, open: string, __, close: string) => `${open}${text}${close}`));
  }
  expect(block.exec(readFileSync(PAGE, 'utf8'))?.[2]).toBe(text);
};

const line = (cells: readonly string[]): string => `| ${cells.map((x) => x.replaceAll('|', '\\|')).join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  ['', line(head), line(head.map((_, k) => (k < 2 ? '---' : ':-:'))), ...rows.map(line), '', ''].join('\n');

const numbers = COLUMNS.map((_, k) => String(k + 1));

export const checksTable = (): string => {
  const checks = [...CLAIM_CHECKS, ...MEASURED_CHECKS].filter((x) => COLUMNS.includes(x.id));
  return ['', ...checks.map(({ id, title }, k) => `${k + 1}. \`${id}\`: ${title}`), '', ''].join('\n');
};

/** The rows of mutants that one check alone notices, beside what the checks say of the original. */
export const soleTable = (
  rows: readonly { readonly name: string; readonly killer: string; readonly row: Row; readonly original: Row }[],
): string =>
  table(
    ['check', 'mutant', ...numbers],
    rows.map(({ name, killer, row, original }) => {
      const seen = noticing(row, original);
      return [
        `\`${killer}\``,
        name,
        ...COLUMNS.map((id) => {
          const says = row[id] ?? 'nothing';
          if (seen.includes(id)) return `**${SIGN[says]}**`;
          return says === 'open' ? `(${SIGN[says]})` : SIGN[says];
        }),
      ];
    }),
  );

export const wholeTable = (
  rows: readonly { readonly name: string; readonly wrong: string; readonly row: Row }[],
): string =>
  table(
    ['wrong', 'mutant', ...numbers],
    rows.map(({ name, wrong, row }) => [wrong, name, ...COLUMNS.map((id) => SIGN[row[id] ?? 'nothing'])]),
  );
