/**
 * Loads a module of the user's own theorems, `--theorems PATH`.
 *
 * The module and what it imports are bundled in memory, with `ufm-check` resolved to the package that is running:
 * a file works as it stands, in TypeScript or JavaScript, also in a folder without node_modules. The bundle is
 * text, so that workers evaluate the very bytes that the parent did ({@link importModuleCode}). It is imported
 * from a data: URL, and nothing is written to disk.
 *
 * What a module must export is no concern of this file.
 */
import { existsSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildFailure, Message, Plugin } from 'esbuild';
import { UsageError } from '../errors.js';

/** A user's module, bundled and evaluated. */
export interface LoadedModule {
  /** The absolute path of the file that was loaded; for a folder, of its index. */
  readonly source: string;
  /** The bundle: JavaScript that depends on nothing but the running package and Node. */
  readonly code: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs'] as const;
const PACKAGE = 'ufm-check';
const OWN_INDEX = new URL('../index.js', import.meta.url);

/**
 * Bundles and evaluates the module at `path`.
 *
 * @param path a .ts, .mts, .js or .mjs file, or a folder with an index of such an extension
 * @param packageIndex what `import … from 'ufm-check'` stands for: the running package's own index
 * @param before is given the bundle before it is evaluated; what it throws is thrown
 * @throws UsageError if there is no such module, or if it does not compile, resolve or load
 */
export async function loadModule(
  path: string,
  packageIndex: URL = OWN_INDEX,
  before: (code: string) => Promise<void> = () => Promise.resolve(),
): Promise<LoadedModule> {
  const source = locate(path);
  const code = await bundle(path, source, packageIndex);
  await before(code);
  try {
    return { source, code, exports: await importModuleCode(code) };
  } catch (error) {
    throw loadingFailure(path, error, packageIndex);
  }
}

/**
 * Evaluates the code of a {@link LoadedModule} and returns its exports. Within one thread the same code is
 * evaluated once.
 */
export async function importModuleCode(code: string): Promise<Readonly<Record<string, unknown>>> {
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return { ...((await import(url)) as Record<string, unknown>) };
}

/** The absolute path of the file that `path` names, directly or as a folder with an index. */
function locate(path: string): string {
  const absolute = resolve(path);
  if (!existsSync(absolute)) {
    throw new UsageError(`--theorems ${path}: no such file or folder`, 'Give the path of a .ts or .js module');
  }
  if (statSync(absolute).isDirectory()) {
    const index = EXTENSIONS.map((extension) => join(absolute, `index${extension}`)).find((file) => existsSync(file));
    if (index === undefined) {
      throw new UsageError(
        `--theorems ${path}: the folder has no index.ts or index.js`,
        'Add an index that re-exports its theorems, or give the path of one file',
      );
    }
    return index;
  }
  if (!EXTENSIONS.some((extension) => extension === extname(absolute))) {
    throw new UsageError(
      `--theorems ${path}: not a module that can be loaded`,
      `Give a file that ends in ${EXTENSIONS.join(', ')}`,
    );
  }
  return absolute;
}

/** One file of JavaScript with everything in it but the running package and Node's own modules. */
async function bundle(path: string, source: string, packageIndex: URL): Promise<string> {
  // Loaded here because only `--theorems` needs it.
  const { build } = await import('esbuild');
  try {
    const result = await build({
      entryPoints: [source],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
      // Left alone this would be the data: URL; so a module can read a file that lies beside the entry.
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(source).href) },
      plugins: [runningPackage(packageIndex)],
    });
    return result.outputFiles.map((file) => file.text).join('');
  } catch (error) {
    const first = isBuildFailure(error) ? error.errors[0] : undefined;
    if (first === undefined) {
      throw error;
    }
    throw buildFailure(path, first);
  }
}

const DEEP_IMPORT = `imports from inside ${PACKAGE}`;
const REQUIRED = `requires ${PACKAGE}, which is an ES module`;
const UNRESOLVED = 'Could not resolve ';

/** Resolves `ufm-check`, exactly, to the running package, and refuses to reach inside it. */
function runningPackage(packageIndex: URL): Plugin {
  return {
    name: 'running-package',
    setup(build) {
      build.onResolve({ filter: /^ufm-check(\/|$)/ }, ({ path, kind }) => {
        if (path !== PACKAGE) {
          return { errors: [{ text: `'${path}' ${DEEP_IMPORT}` }] };
        }
        if (kind === 'require-call' || kind === 'require-resolve') {
          return { errors: [{ text: REQUIRED }] };
        }
        return { path: packageIndex.href, external: true };
      });
    },
  };
}

/** The first complaint of the bundler, with its place, as an error that says what to do. */
function buildFailure(path: string, { text, location }: Message): UsageError {
  const place = location === null ? path : `${location.file}:${location.line}`;
  const message = `--theorems ${place}: ${firstLine(text)}`;
  if (text.includes(DEEP_IMPORT) || text === REQUIRED) {
    return new UsageError(message, `Write import { … } from '${PACKAGE}'`);
  }
  if (text.startsWith(UNRESOLVED)) {
    return new UsageError(message, `Correct the path, or install the package beside the module`);
  }
  return new UsageError(message, 'Correct the module and try again');
}

/** What a module threw while it was evaluated, as an error that says what to do. */
function loadingFailure(path: string, error: unknown, packageIndex: URL): UsageError {
  const message = error instanceof Error ? error.message : String(error);
  const missing = /does not provide an export named '?([^']*)'?/.exec(message)?.[1];
  if (missing !== undefined && message.includes(packageIndex.href)) {
    return new UsageError(
      `--theorems ${path}: ${PACKAGE} exports no '${missing}'`,
      `Import only what the documentation of ${PACKAGE} lists`,
    );
  }
  // A module is welcome to be refused by the package it uses, whose errors carry a hint of their own.
  const hint = error instanceof Error && 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined;
  return new UsageError(
    `--theorems ${path}: the module failed while loading: ${firstLine(message)}`,
    hint ?? 'Correct the module and try again',
  );
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
