/** A module that forges evidence does not compile. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const HEAD = [
  "import { theorem, type Theorem } from 'ufm-check';",
  "import { theorem31 } from './tirer-bruna-2022/theorem-3.1.js';",
];

const BODIES = {
  claims: "export const again = theorem({ ...theorem31, id: 'again' });",
  evidence: `const [revision] = theorem31.revisions;
      if (revision === undefined) throw new Error('');
      export const forged: Theorem = theorem({ ...theorem31, revisions: [{ ...revision, evidence: [] }] });`,
  mint: "import { mintEvidence } from 'ufm-check'; export const x = mintEvidence;",
  deep: "import { mintEvidence } from 'ufm-check/dist/src/check/evidence.js'; export { mintEvidence };",
};

/** The errors of each module; all are compiled as one program, since most of it is what they import. */
const compile = (bodies: typeof BODIES): Record<keyof typeof BODIES, string[]> => {
  const fileOf = (id: string): string => `${root}theorems/forged-${id}.ts`;
  const sources = new Map(Object.entries(bodies).map(([id, body]) => [fileOf(id), [...HEAD, body].join('\n')]));
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
  host.fileExists = (name) => sources.has(name) || fileExists.call(host, name);
  host.readFile = (name) => sources.get(name) ?? readFile.call(host, name);
  host.getSourceFile = (name, ...rest) => {
    const source = sources.get(name);
    if (source === undefined) return getSourceFile.call(host, name, ...rest);
    return ts.createSourceFile(name, source, ts.ScriptTarget.ES2023);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  const errorsOf = (id: string): string[] =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(fileOf(id)))
      .map((x) => ts.flattenDiagnosticMessageText(x.messageText, ' '));
  return { claims: errorsOf('claims'), evidence: errorsOf('evidence'), mint: errorsOf('mint'), deep: errorsOf('deep') };
};

describe('a module in TypeScript', () => {
  const errors = compile(BODIES);

  it('compiles when it only claims', () => {
    expect(errors.claims).toEqual([]);
  });

  it('does not compile with evidence in a revision', () => {
    expect(errors.evidence.join('\n')).toContain("'evidence' does not exist in type");
  });

  it('does not compile when it reaches for the mint', () => {
    expect(errors.mint.join('\n')).toContain('has no exported member');
    expect(errors.deep).not.toEqual([]);
  });
});
