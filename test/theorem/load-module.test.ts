import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { importModuleCode, loadModule } from '../../src/theorem/load-module.js';

let folder: string;
/** Stands for the running package's index. */
let packageIndex: URL;

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function refusal(path: string): Promise<UsageError> {
  try {
    await loadModule(path, packageIndex);
  } catch (error) {
    if (error instanceof UsageError) {
      expect(error.message).not.toContain('\n');
      expect(error.hint).not.toBe('');
      return error;
    }
    throw error;
  }
  throw new Error('loaded');
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'load-module-')));
  packageIndex = pathToFileURL(
    write(
      'running package/index.mjs',
      `export const identity = Symbol('this very package');
       export const defineTheorem = (theorem) => theorem;
       export const refuse = () => { throw Object.assign(new Error('no title'), { hint: 'add a title' }); };`,
    ),
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('loadModule', () => {
  it('loads TypeScript from a folder without node_modules, against the running package', async () => {
    const path = write(
      'own/theorem.ts',
      `import { defineTheorem, identity } from 'ufm-check';
       import { title } from './title.js';
       interface Claim { readonly id: string }
       const claim: Claim = { id: 'own/1' };
       export const theorem = defineTheorem({ ...claim, title });
       export { identity };`,
    );
    write('own/title.ts', `export const title: string = 'μ′ ≤ 1/2';`);
    const loaded = await loadModule(path, packageIndex);
    const running = await importModuleCode(`export { identity } from ${JSON.stringify(packageIndex.href)};`);
    expect(loaded.source).toBe(path);
    expect(loaded.exports.theorem).toEqual({ id: 'own/1', title: 'μ′ ≤ 1/2' });
    expect(loaded.exports.identity).toBe(running.identity);
  });

  it.each(['.mts', '.js', '.mjs'])('loads %s', async (extension) => {
    const path = write(`plain${extension}`, `export default 7; export const value = 8;`);
    expect((await loadModule(path, packageIndex)).exports).toEqual({ default: 7, value: 8 });
  });

  it('loads the index of a folder', async () => {
    const path = write('paper/index.ts', `export * from './one.ts';`);
    write('paper/one.ts', `export const one = 1;`);
    const loaded = await loadModule(dirname(path), packageIndex);
    expect([loaded.source, loaded.exports]).toEqual([path, { one: 1 }]);
  });

  it('lets a module read a file beside it', async () => {
    write('beside/data.txt', 'twelve');
    const path = write(
      'beside/module.mjs',
      `import { readFileSync } from 'node:fs';
       export const text = readFileSync(new URL('./data.txt', import.meta.url), 'utf8');`,
    );
    expect((await loadModule(path, packageIndex)).exports).toEqual({ text: 'twelve' });
  });

  it('awaits a module that awaits', async () => {
    const path = write('waits.mjs', `export const value = await Promise.resolve(3);`);
    expect((await loadModule(path, packageIndex)).exports).toEqual({ value: 3 });
  });

  it('leaves nothing behind in the folder of the user', async () => {
    const path = write('clean/module.ts', `export const value: number = 1;`);
    await loadModule(path, packageIndex);
    expect(readFileSync(path, 'utf8')).toBe(`export const value: number = 1;`);
    expect(readdirSync(dirname(path))).toEqual(['module.ts']);
  });
});

describe('importModuleCode', () => {
  it('evaluates the same bytes again, once per thread', async () => {
    const path = write('twice.ts', `export const token: object = {};`);
    const { code, exports } = await loadModule(path, packageIndex);
    expect((await importModuleCode(code)).token).toBe(exports.token);
  });

  it('yields code that a worker can evaluate', async () => {
    const path = write('worker.ts', `import { identity } from 'ufm-check'; export const text = String(identity);`);
    const { code } = await loadModule(path, packageIndex);
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const url = 'data:text/javascript;base64,' + Buffer.from(workerData).toString('base64');
       import(url).then((module) => parentPort.postMessage(module.text));`,
      { eval: true, workerData: code },
    );
    const text = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expect(text).toBe('Symbol(this very package)');
  });
});

describe('what cannot be loaded is a usage error', () => {
  it('no such path', async () => {
    const path = join(folder, 'nowhere.ts');
    expect((await refusal(path)).message).toBe(`--theorems ${path}: no such file or folder`);
  });

  it('a folder without an index', async () => {
    const path = dirname(write('empty/readme.md', ''));
    expect((await refusal(path)).message).toBe(`--theorems ${path}: the folder has no index.ts or index.js`);
  });

  it('another kind of file', async () => {
    const path = write('theorem.py', '');
    const error = await refusal(path);
    expect(error.message).toBe(`--theorems ${path}: not a module that can be loaded`);
    expect(error.hint).toContain('.ts, .mts, .js, .mjs');
  });

  it('a syntax error, with file and line', async () => {
    const path = write('broken.ts', `export const one = 1;\nexport const two = ;\n`);
    expect((await refusal(path)).message).toMatch(/^--theorems \S*broken\.ts:2: Unexpected ";"$/);
  });

  it('an import that leads nowhere', async () => {
    const sibling = write('dangling.ts', `export { a } from './missing.js';`);
    expect((await refusal(sibling)).message).toMatch(/dangling\.ts:1: Could not resolve ".\/missing\.js"$/);
    const foreign = write('foreign.ts', `import left from 'no-such-package-at-all'; export { left };`);
    const error = await refusal(foreign);
    expect(error.message).toMatch(/foreign\.ts:1: Could not resolve "no-such-package-at-all"$/);
    expect(error.hint).toContain('install the package');
  });

  it.each(['ufm-check/dist/src/check/evidence.js', 'ufm-check/package.json'])('reaching into %s', async (inside) => {
    const path = write('deep.ts', `import * as all from '${inside}';\nexport { all };`);
    const error = await refusal(path);
    expect(error.message).toContain(`deep.ts:1: '${inside}' imports from inside ufm-check`);
    expect(error.hint).toContain(`from 'ufm-check'`);
  });

  it('requiring the package', async () => {
    const path = write('requires.js', `const all = require('ufm-check'); module.exports = { all };`);
    expect((await refusal(path)).message).toContain('requires.js:1: requires ufm-check, which is an ES module');
  });

  it('an export that the package does not have', async () => {
    const path = write('wish.ts', `import { mintEvidence } from 'ufm-check'; export const mint = mintEvidence;`);
    expect((await refusal(path)).message).toBe(`--theorems ${path}: ufm-check exports no 'mintEvidence'`);
  });

  it('a module that throws while loading: its message, without a stack', async () => {
    const path = write('throws.ts', `throw new Error('first line\\nsecond line');`);
    expect((await refusal(path)).message).toBe(`--theorems ${path}: the module failed while loading: first line`);
    const other = write('throws-text.ts', `throw 'a text';`);
    expect((await refusal(other)).message).toBe(`--theorems ${other}: the module failed while loading: a text`);
  });

  it('a module that the package refuses keeps the hint', async () => {
    const path = write('refused.ts', `import { refuse } from 'ufm-check'; refuse();`);
    const error = await refusal(path);
    expect([error.message.endsWith('no title'), error.hint]).toEqual([true, 'add a title']);
  });
});
