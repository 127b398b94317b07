/** `ufm-check certify` as a user runs it. */
import { spawnSync } from 'node:child_process';
import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Run, run, spawned, workingFolder, write } from './run.js';

const SIX = fileURLToPath(new URL('../fixtures/certificates/six-classes-at-threshold.json', import.meta.url));

const SIX_TEXT = readFileSync(SIX, 'utf8');
write('six.json', SIX_TEXT);
write('spoiled.json', SIX_TEXT.replace('"3/4"', '"3/5"'));
write('binary.json', Uint8Array.from([0x7b, 0xff, 0xfe]));
write('huge.json', SIX_TEXT);
truncateSync(join(workingFolder(), 'huge.json'), 2 ** 30);

const certify = (line: string): Promise<Run> => run(['certify', ...line.split(' ')]);

describe('certify', () => {
  it('prints the refuted claim with its instance and the exact margin', async () => {
    const { code, out, err } = await spawned(['certify', 'six.json']);
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

  it('rejects with a reason, and goes on', async () => {
    const { code, out } = await certify('spoiled.json six.json binary.json');
    expect(code).toBe(1);
    expect(out).toContain('✘ spoiled.json  rejected\n    the stored value is not the value of this point');
    expect(out).toContain('✔ six.json');
    expect(out).toContain('not UTF-8');
  });

  it('refuses the name of a shipped theorem on what that theorem does not claim', async () => {
    const renamed = [
      ['"original"', '"relaxed"'],
      ['"original"', '"nowhere"'],
      ['tirer-bruna-2022/4.2', 'tirer-bruna-2022/4.1'],
      ['tirer-bruna-2022/4.2', 'tirer-bruna-2022/lemma:relu-nuclear-norm'],
    ] as const;
    for (const [from, to] of renamed) {
      write('renamed.json', SIX_TEXT.replace(from, to));
      const { code, out } = await certify('renamed.json');
      expect([code, out]).toEqual([1, expect.stringContaining('it is labelled')]);
    }
    write('renamed.json', SIX_TEXT.replace('tirer-bruna-2022/4.2', 'somebody/else'));
    expect((await certify('renamed.json')).code).toBe(0);
  });

  it('refuses a file of 1 GB unread', async () => {
    const { code, out } = await certify('huge.json');
    expect(code).toBe(1);
    expect(out).toContain('1073741824 bytes, more than 16 MB');
  });

  it('prints one JSON document', async () => {
    const { code, out, err } = await certify('six.json spoiled.json --json');
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
  ])('%s: one line and exit code 2', async (line, message) => {
    const { code, out, err } = await certify(line);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('reads regular files only, and so does the second checker', () => {
    const checker = fileURLToPath(new URL('../../docs/certify.py', import.meta.url));
    const options = { cwd: workingFolder(), encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync('python3', [checker, '/dev/zero', '.'], options);
    expect([status, stderr]).toEqual([2, '/dev/zero: is not a file\n.: is not a file\n']);
  });

  it('says under --json what it could not read', async () => {
    const { code, out } = await certify('nowhere.json --json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ format: 'ufm-check-error/1', code: 2 });
  });
});
