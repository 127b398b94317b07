/**
 * The package as npm would publish it, installed in an empty folder and used there: `npm run check:package`.
 *
 * Its exports and types are judged by publint and are-the-types-wrong, its contents against what it should have, and
 * the README against its size. Needs a built dist/ and the registry or npm's cache, for the dependencies.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

try {
  const [{ filename, size, unpackedSize, files }] = JSON.parse(
    npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder),
  );
  const tarball = join(folder, filename);

  const foreign = files
    .map((x) => x.path)
    .filter((path) => !/^(dist\/(src|theorems)\/.*\.(js|d\.ts)|package\.json|[A-Z]+(\.md|\.cff)?)$/.test(path));
  if (foreign.length > 0) fail(`the package has files of the development: ${foreign.join(', ')}`);
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
  const verified = npx(
    empty,
    'ufm-check',
    'verify',
    '3.1',
    '--trials',
    '8',
    '--K',
    '1..3',
    '--n',
    '1..2',
    '--workers',
    '1',
  );
  if (!/✔ 3\.1 .* proved\n/.test(verified)) fail(`verify 3.1 in an empty folder printed\n${verified}`);
  say('npx ufm-check verify 3.1: proved');
  npx(empty, 'ufm-check', 'new', 'my-paper/theorem-1');
  npx(
    empty,
    'ufm-check',
    'verify',
    '--theorems',
    'my-paper/theorem-1.ts',
    '--trials',
    '8',
    '--K',
    '1..3',
    '--n',
    '1..2',
    '--workers',
    '1',
  );
  say('npx ufm-check new my-paper/theorem-1, verify --theorems: as expected');

  // Types: a module of a user's and a suite compile under strict rules. vitest is the project's own.
  writeFileSync(
    join(empty, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'NodeNext',
        target: 'ES2023',
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        types: [],
      },
      include: ['my-paper'],
    }),
  );
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', empty], { encoding: 'utf8' });
  say('types: a module compiles');
} catch (error) {
  process.stderr.write(`check:package: ${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
