/**
 * The package as npm would publish it, installed in an empty folder and used there: `npm run check:package`. The blocks
 * `run-package` of the guides are run here, as they need an installed package.
 *
 * Its exports and types are judged by publint and are-the-types-wrong, its contents against what it should have, and
 * the README against its size. Needs a built dist/ and the registry or npm's cache, for the dependencies.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ufm-check-package-'));
const npm = (cwd, ...args) => execFileSync('npm', [...args, '--no-audit', '--no-fund'], { cwd, encoding: 'utf8' });
const npx = (cwd, ...args) => execFileSync('npx', ['--no-install', ...args], { cwd, encoding: 'utf8' });

const fail = (message) => {
  throw new Error(message);
};
const say = (text) => void process.stdout.write(`${text}\n`);

const SMALL = '--trials 8 --K 1..3 --n 1..2 --workers 1'.split(' ');

/** The block of a page that begins with this line. */
const marked = (page, opening) => {
  const text = readFileSync(join(root, page), 'utf8');
  const [, body] = text.split(`\n\`\`\`${opening}\n`);
  if (body === undefined) fail(`${page} has no block ${opening}`);
  return body.slice(0, body.indexOf('```'));
};

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

try {
  const [{ filename, size, unpackedSize, files }] = JSON.parse(
    npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder),
  );
  const tarball = join(folder, filename);

  const foreign = files
    .map((x) => x.path)
    .filter((path) => !/^(dist\/(src|theorems)\/.*\.(js|d\.ts)|package\.json|[A-Z]+(\.md|\.cff)?)$/.test(path))
    // The pages, and what they link to.
    .filter((path) => !/^(docs\/(?!site\/)|theorems\/|test\/fixtures\/(modules|certificates|numpy)\/)/.test(path));
  if (foreign.length > 0) fail(`the package has files of the development: ${foreign.join(', ')}`);
  const paths = files.map((x) => x.path);
  for (const page of paths.filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md')) {
    const text = readFileSync(join(root, page), 'utf8');
    for (const [, link] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      const to = join(page, '..', link);
      const there = paths.some((path) => path === to || path.startsWith(`${to.replace(/\/$/, '')}/`));
      if (!there) fail(`${page} links to ${link}, which the package does not have`);
    }
  }
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, packed, unpacked] = /less than ([\d.]+) MB packed and ([\d.]+) MB unpacked/.exec(readme) ?? [];
  for (const [bytes, most] of [
    [size, packed],
    [unpackedSize, unpacked],
  ]) {
    // Stated with room for growth, but not as a number that says nothing.
    const fits = bytes < Number(most) * 1e6 && bytes > Number(most) * 4e5;
    if (!fits) fail(`the README states ${most} MB where the package has ${megabytes(bytes)}`);
  }
  say(`contents: ${files.length} files, ${megabytes(size)} packed, ${megabytes(unpackedSize)} unpacked`);

  npx(root, 'publint', tarball, '--strict');
  say('publint: clean');
  npx(root, 'attw', tarball, '--profile', 'esm-only');
  say('are-the-types-wrong: clean (ESM only)');

  const empty = join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(join(empty, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  npm(empty, 'install', '--prefer-offline', tarball);
  const verified = npx(empty, 'ufm-check', 'verify', '3.1', ...SMALL);
  if (!/✔ 3\.1 .* proved\n/.test(verified)) fail(`verify 3.1 in an empty folder printed\n${verified}`);
  say('npx ufm-check verify 3.1: proved');
  npx(empty, 'ufm-check', 'new', 'my-paper/theorem-1');
  npx(empty, 'ufm-check', 'verify', '--theorems', 'my-paper/theorem-1.ts', ...SMALL);
  say('npx ufm-check new my-paper/theorem-1, verify --theorems: as expected');

  // The suite of the guide, in the version of vitest that the project has: a peer, which the package does not bring.
  const suite = marked('docs/in-your-test-suite.md', 'ts run-package');
  writeFileSync(join(empty, 'theorems.test.ts'), suite);
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/vitest/package.json'), 'utf8'));
  npm(empty, 'install', '--prefer-offline', '--save-dev', `vitest@${version}`);
  const tested = npx(empty, 'vitest', 'run', '--reporter', 'json');
  const { numPassedTests, numFailedTests } = JSON.parse(tested.slice(tested.indexOf('{')));
  const counts = `${numPassedTests} passed, ${numFailedTests} failed`;
  if (numPassedTests < 5 || numFailedTests > 0) fail(`the suite of the guide: ${counts}`);
  say(`theoremSuite of ufm-check/vitest: ${counts}`);

  // Types under strict rules, the package's own too; beside a suite those of vitest are taken as they are.
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  for (const [file, skipLibCheck] of [
    ['my-paper/theorem-1.ts', false],
    ['theorems.test.ts', true],
  ]) {
    const options = { module: 'NodeNext', target: 'ES2023', strict: true, noEmit: true, skipLibCheck, types: [] };
    writeFileSync(join(empty, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: [file] }));
    execFileSync(process.execPath, [tsc, '-p', empty], { encoding: 'utf8' });
  }
  say('types: a module and its suite compile');

  // A clone serves other folders in the ways that the guide names; what npm links goes into a prefix of its own.
  const near = join(folder, 'near');
  cpSync(join(root, 'test/fixtures/modules'), near, { recursive: true });
  writeFileSync(join(near, 'package.json'), JSON.stringify({ name: 'near', private: true, type: 'module' }));
  const env = { ...process.env, npm_config_prefix: join(folder, 'prefix'), npm_config_ignore_scripts: 'true' };
  for (const line of marked('docs/encode-your-theorem.md', 'sh run-package').split('\n').filter((x) => x !== '')) {
    const command = line.split(/\s+# /)[0].replaceAll('/path/to/clone', root.replace(/\/$/, ''));
    execFileSync('sh', ['-c', command], { cwd: near, env, encoding: 'utf8', stdio: 'pipe' });
    if (!command.startsWith('node ')) npx(near, 'ufm-check', 'list', '--theorems', './alignment.ts');
  }
  say('a clone serves another folder: by its path, installed, and linked');
} catch (error) {
  process.stderr.write(`check:package: ${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
