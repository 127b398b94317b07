/** The page "what each verdict trusts" names real files with their real lengths. UFM_CHECK_UPDATE=1 rewrites them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = `${root}docs/what-each-verdict-trusts.md`;

const FILES: Readonly<Record<string, readonly string[]>> = {
  symbolic: [
    'src/exact/rational.ts',
    'src/symbolic/polynomial.ts',
    'src/symbolic/fraction.ts',
    'src/symbolic/word.ts',
    'src/symbolic/trace-algebra.ts',
    'src/symbolic/words-of.ts',
    'src/symbolic/interpret.ts',
    'src/symbolic/signs.ts',
    'src/symbolic/sum-of-squares.ts',
    'src/symbolic/objective.ts',
  ],
  exact: [
    'src/exact/rational.ts',
    'src/exact/integer.ts',
    'src/exact/matrix.ts',
    'src/exact/root.ts',
    'src/exact/frame.ts',
    'src/exact/objective.ts',
    'src/theorem/evaluate-exact.ts',
    'src/check/measured/exact.ts',
  ],
  numeric: [
    'src/model/model.ts',
    'src/model/forward.ts',
    'src/model/backward.ts',
    'src/model/hessian.ts',
    'src/model/rounding.ts',
    'src/model/sensitivity.ts',
    'src/numeric/descent/descend.ts',
    'src/numeric/descent/curvature.ts',
    'src/theorem/evaluate-numeric.ts',
    'src/check/descents.ts',
    'src/check/tolerance.ts',
  ],
  verdict: ['src/check/verdict.ts', 'src/check/evidence.ts'],
};

const lines = (file: string): number => readFileSync(`${root}${file}`, 'utf8').split('\n').length - 1;

const table = (files: readonly string[]): string => {
  const rows = files.map((file) => `| \`${file}\` | ${lines(file)} |`);
  const total = files.reduce((sum, file) => sum + lines(file), 0);
  return ['| file | lines |', '| --- | --- |', ...rows, `| together | ${total} |`].join('\n');
};

const filled = (text: string): string =>
  text.replace(
    /<!-- files: (\w+) -->\n(?:\n\|[^\n]*(?:\n\|[^\n]*)*\n)?/g,
    (_, key: string) => `<!-- files: ${key} -->\n\n${table(FILES[key] ?? [])}\n`,
  );

it('states the lengths of the files behind each verdict', () => {
  const text = readFileSync(page, 'utf8');
  if (process.env['UFM_CHECK_UPDATE'] !== undefined) writeFileSync(page, filled(text));
  expect(readFileSync(page, 'utf8')).toBe(filled(readFileSync(page, 'utf8')));
  for (const key of Object.keys(FILES)) expect(text).toContain(`<!-- files: ${key} -->`);
});
