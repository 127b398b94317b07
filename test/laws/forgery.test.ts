/** A module that forges evidence does not compile. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const errorsOf = (body: string): string[] => {
  const file = `${root}theorems/forged.ts`;
  const source = [
    "import { theorem, type Theorem } from 'ufm-check';",
    "import { theorem31 } from './tirer-bruna-2022/theorem-3.1.js';",
    body,
  ].join('\n');
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    exactOptionalPropertyTypes: true,
    rootDir: root,
    outDir: `${root}dist`,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  host.readFile = (name) => (name === file ? source : readFile.call(host, name));
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2023) : getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map((x) => ts.flattenDiagnosticMessageText(x.messageText, ' '));
};

describe('a module in TypeScript', () => {
  it('compiles when it only claims', () => {
    expect(errorsOf("export const again = theorem({ ...theorem31, id: 'again' });")).toEqual([]);
  });

  it('does not compile with evidence in a revision', () => {
    const errors = errorsOf(`const [revision] = theorem31.revisions;
      if (revision === undefined) throw new Error('');
      export const forged: Theorem = theorem({ ...theorem31, revisions: [{ ...revision, evidence: [] }] });`);
    expect(errors.join('\n')).toContain("'evidence' does not exist in type");
  });

  it('does not compile when it reaches for the mint', () => {
    expect(errorsOf("import { mintEvidence } from 'ufm-check'; export const x = mintEvidence;").join('\n')).toContain(
      'has no exported member',
    );
    const deep = "import { mintEvidence } from 'ufm-check/dist/src/check/evidence.js'; export { mintEvidence };";
    expect(errorsOf(deep)).not.toEqual([]);
  });
});
