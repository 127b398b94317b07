/**
 * The page "what each verdict trusts" lists the files behind each kind of evidence, with their lengths: what the checks
 * of that kind import, followed to the end (types alone are not code). UFM_CHECK_UPDATE=1 rewrites it.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = `${root}docs/what-each-verdict-trusts.md`;

const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const filesIn = (folder: string): string[] =>
  readdirSync(`${root}${folder}`)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);

/** The files of the project whose code a file imports. */
const importsOf = (file: string): string[] =>
  ts
    .createSourceFile(file, read(file), ts.ScriptTarget.Latest)
    .statements.filter((x) => ts.isImportDeclaration(x) || ts.isExportDeclaration(x))
    .flatMap((x) => {
      const names = ts.isImportDeclaration(x) ? x.importClause?.namedBindings : undefined;
      const types =
        ts.isImportDeclaration(x) && names !== undefined && ts.isNamedImports(names)
          ? x.importClause?.name === undefined && names.elements.every((y) => y.isTypeOnly)
          : false;
      const whole = ts.isImportDeclaration(x)
        ? x.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : x.isTypeOnly;
      const from = x.moduleSpecifier;
      if (whole || types || from === undefined || !ts.isStringLiteral(from) || !from.text.startsWith('.')) return [];
      return [posix.join(posix.dirname(file), from.text.replace(/\.js$/, '.ts'))];
    });

const closure = (roots: readonly string[]): Set<string> => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    importsOf(file).forEach(visit);
  };
  roots.forEach(visit);
  return seen;
};

const within = (files: Iterable<string>, ...folders: readonly string[]): string[] =>
  [...files].filter((file) => folders.some((folder) => file.startsWith(`${folder}/`))).sort();

// The objective reaches the checks as part of a claim.
const symbolicRoots = [...filesIn('src/check/claim'), 'src/symbolic/objective.ts'];
const symbolic = within(closure(symbolicRoots), 'src/check/claim', 'src/symbolic', 'src/exact');
const exact = [...closure(['src/check/measured/exact.ts'])].sort();
const measured = closure([...filesIn('src/check/measured'), 'src/check/descents.ts']);
const known = new Set([...symbolic, ...exact]);

const FILES: Readonly<Record<string, readonly string[]>> = {
  symbolic,
  exact,
  numeric: within(measured, 'src/check', 'src/model', 'src/numeric', 'src/theorem').filter((x) => !known.has(x)),
  certificate: [...closure(['src/exact/certificate/judge.ts'])].sort(),
  proof: [...closure(['src/exact/proof/judge.ts'])].sort(),
  verdict: ['src/check/verdict.ts', 'src/check/evidence.ts', 'src/check/refutation.ts'],
};

const lines = (file: string): number => read(file).split('\n').length - 1;

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

it('lists the files behind each kind of evidence, with their lengths', () => {
  if (process.env['UFM_CHECK_UPDATE'] !== undefined) writeFileSync(page, filled(readFileSync(page, 'utf8')));
  const text = readFileSync(page, 'utf8');
  expect(text).toBe(filled(text));
  for (const key of Object.keys(FILES)) expect(text).toContain(`<!-- files: ${key} -->`);
});

it('follows imports, and no types', () => {
  for (const key of ['certificate', 'proof']) expect(FILES[key]?.every((x) => x.startsWith('src/exact/'))).toBe(true);
  expect(FILES['symbolic']).toEqual(expect.arrayContaining(['src/symbolic/second-order.ts', 'src/symbolic/signs.ts']));
  expect(FILES['symbolic']).not.toContain('src/symbolic/expression.ts');
});
