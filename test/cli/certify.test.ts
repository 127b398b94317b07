/** `ufm-check certify` as a user runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certify } from '../../src/cli/commands/certify.js';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const SIX = fileURLToPath(new URL('../fixtures/certificates/six-classes-at-threshold.json', import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
  const text = readFileSync(SIX, 'utf8');
  writeFileSync(join(folder, 'six.json'), text);
  writeFileSync(join(folder, 'spoiled.json'), text.replace('"3/4"', '"3/5"'));
  writeFileSync(join(folder, 'binary.json'), Uint8Array.from([0x7b, 0xff, 0xfe]));
  writeFileSync(join(folder, 'huge.json'), text);
  truncateSync(join(folder, 'huge.json'), 2 ** 30);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (line: string): { readonly code: number | null; readonly out: string; readonly err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'certify', ...line.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
};

/** The same in this process. */
const inProcess = (files: readonly string[]): { readonly code: number; readonly out: string } => {
  const lines: string[] = [];
  const io = { out: (x: string) => lines.push(x), error: () => undefined, interrupted: () => false };
  return { code: certify({ files, json: false }, io), out: lines.join('\n') };
};

describe('certify', () => {
  it('prints the refuted claim with its instance and the exact margin', () => {
    const { code, out, err } = run('six.json');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('✔ six.json  accepted: beaten, tirer-bruna-2022/4.2@original');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'For the two-layer ReLU model without bias with K = 6, n = 1, d = 6, λ_W2 = 1/6, λ_W1 = 1/18, λ_H1 = 1/32, ' +
        'it is false that every non-zero global minimizer has class means of σ(W1 H1) that are orthogonal and of ' +
        'equal norm',
    );
    expect(out).toContain('margin  443/81900 = 0.0054090354…');
  });

  it('rejects with a reason, and goes on', () => {
    const { code, out } = run('spoiled.json six.json binary.json');
    expect(code).toBe(1);
    expect(out).toContain('✘ spoiled.json  rejected\n    the stored value is not the value of this point');
    expect(out).toContain('✔ six.json');
    expect(out).toContain('not UTF-8');
  });

  it('refuses the name of a shipped theorem on what that theorem does not claim', () => {
    const renamed = [
      ['"original"', '"relaxed"'],
      ['"original"', '"nowhere"'],
      ['tirer-bruna-2022/4.2', 'tirer-bruna-2022/4.1'],
      ['tirer-bruna-2022/4.2', 'tirer-bruna-2022/lemma:relu-nuclear-norm'],
    ] as const;
    const text = readFileSync(SIX, 'utf8');
    for (const [from, to] of renamed) {
      writeFileSync(join(folder, 'renamed.json'), text.replace(from, to));
      const { code, out } = inProcess([join(folder, 'renamed.json')]);
      expect([code, out]).toEqual([1, expect.stringContaining('it is labelled')]);
    }
    writeFileSync(join(folder, 'renamed.json'), text.replace('tirer-bruna-2022/4.2', 'somebody/else'));
    expect(inProcess([join(folder, 'renamed.json')]).code).toBe(0);
  });

  it('refuses a file of 1 GB unread', () => {
    const { code, out } = run('huge.json');
    expect(code).toBe(1);
    expect(out).toContain('1073741824 bytes, more than 16 MB');
  });

  it('prints one JSON document', () => {
    const { code, out, err } = run('six.json spoiled.json --json');
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      format: 'ufm-check-certify/1',
      certificates: [
        {
          file: 'six.json',
          accepted: true,
          theorem: 'tirer-bruna-2022/4.2',
          revision: 'original',
          violation: 'beaten',
          sentence: expect.stringContaining('it is false') as string,
          instance: { K: 6, n: 1, d: 6, lambda: { W2: '1/6', W1: '1/18', H1: '1/32' } },
          value: '40507/81900',
          bound: '1/2',
          margin: '443/81900',
        },
        { file: 'spoiled.json', accepted: false, reason: 'the stored value is not the value of this point' },
      ],
    });
  });

  it.each([
    ['nowhere.json', /cannot read nowhere\.json \(ENOENT\)/],
    ['.', /is not a file/],
    ['/dev/zero', /is not a file/],
    ['six.json --bogus', /unknown option/],
  ])('%s: one line and exit code 2', (line, message) => {
    const { code, out, err } = run(line);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('reads regular files only, and so does the second checker', () => {
    const checker = fileURLToPath(new URL('../../docs/certify.py', import.meta.url));
    const { status, stderr } = spawnSync('python3', [checker, '/dev/zero', '.'], { cwd: folder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, '/dev/zero: is not a file\n.: is not a file\n']);
  });

  it('says under --json what it could not read', () => {
    const { code, out } = run('nowhere.json --json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ format: 'ufm-check-error/1', code: 2 });
  });
});
