/** `ufm-check prove`, and `certify` on what it writes, as a user runs them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LooseProof } from '../exact/proof/examples.js';
import { runHere } from './here.js';
import { type Run, run as runBuilt, write as writeForBuilt } from './run.js';

const MODULES = fileURLToPath(new URL('../../theorems/tirer-bruna-2022/', import.meta.url));

let folder = '';

/** The command in this process, without the second that a process takes to start; it cannot load modules here. */
const run = async (args: readonly string[]): Promise<Run> => {
  const written = await runHere(args.map((arg) => (/\.(ts|json)$/.test(arg) ? join(folder, arg) : arg)));
  return { ...written, out: written.out.replaceAll(`${folder}/`, ''), err: written.err.replaceAll(`${folder}/`, '') };
};

/** Theorem 3.1 as a module of the user's, with a change. */
const withChange = (name: string, before: string, after: string): void => {
  const source = readFileSync(`${MODULES}theorem-3.1.ts`, 'utf8');
  if (!source.includes(before)) throw new Error(`Theorem 3.1 has changed: there is no ${before}`);
  writeForBuilt(name, source.replace(before, after).replace("id: '3.1'", "id: 'mine'"));
};

let written: Run | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
  for (const name of ['one-layer.ts', 'paper.ts']) writeForBuilt(name, readFileSync(`${MODULES}${name}`, 'utf8'));
  withChange('mine.ts', 'a', 'a');
  withChange('coefficient.ts', 'D: { coefficient: div(lambdaW, 2)', 'D: { coefficient: lambdaW');
  withChange('cofactor.ts', 'NC1: G', 'NC1: mul(2, G)');
  withChange('frame.ts', 'hypotheses: [leq(K, d)]', 'hypotheses: []');
  written = await run(['prove', '3.1', '--out', 'proof.json']);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('prove', () => {
  it('writes a certificate and says what it proves', () => {
    expect(written).toMatchObject({ code: 0, err: '' });
    expect(written?.out).toContain('✔ proof.json  For the one-layer model without bias, all K, n, d ≥ 1 with d ≥ K');
    expect(written?.out).toContain('again: npx ufm-check certify proof.json');
  });

  it('prints it without --out, byte for byte', async () => {
    const { code, out, err } = await run(['prove', '3.1']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const document = JSON.parse(out) as { readonly statement: readonly string[] };
    expect(document).toMatchObject({ format: 'ufm-check-proof/1', theorem: 'tirer-bruna-2022/3.1' });
    // What the certificate does not prove is not stated in it.
    expect(document.statement.join('\n')).not.toMatch(/outside|by inequalities/);
    expect((await run(['prove', '3.1'])).out).toBe(out);
  });

  it('takes a module of the user’s, in a process of its own', async () => {
    const { code, out } = await runBuilt(['prove', 'mine', '--theorems', 'mine.ts', '--out', 'mine.json', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ format: 'ufm-check-prove/1', file: 'mine.json' });
    const certified = await runBuilt(['certify', 'mine.json']);
    expect(certified).toMatchObject({ code: 0, err: '' });
    expect(certified.out).toContain('✔ mine.json  accepted: proof, tirer-bruna-2022/mine@current');
  });

  it.each([
    ['mine', 'coefficient.ts', / has no verified sum of squares: identity \(frame\): .* left over: .*\. See: /],
    ['mine', 'cofactor.ts', / has no verified sum of squares: equality \(frame\): NC1, /],
    ['mine', 'frame.ts', / has no verified sum of squares: attainment \(frame\): .*R needs d ≥ K/],
    ['alignment', 'alignment.ts', / has no verified sum of squares: the case aligned has none\. /],
  ])('%s from %s: refuses in one line', async (id, module, message) => {
    const { code, out, err } = await runBuilt(['prove', id, '--theorems', module, '--out', 'none.json']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^error: (mine|alignment) has no/);
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain('\n');
  });

  it('refuses a theorem without a proof, as one document', async () => {
    const { code, out, err } = await run(['prove', '4.1@literal', '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const why = '4.1@literal has no verified sum of squares: the case frame has none';
    const message = expect.stringContaining(why) as string;
    expect(JSON.parse(out)).toMatchObject({ format: 'ufm-check-error/1', code: 1, message });
  });

  it.each([
    [['prove', '9.9'], /there is no theorem "9\.9"/],
    [['prove'], /missing required argument/],
    [['prove', '3.1', '--revision', 'old'], /has no revision "old"/],
    [['prove', '3.1', '--out', 'no/such/folder/proof.json'], /cannot write no\/such\/folder\/proof\.json \(ENOENT\)/],
    [['prove', '3.1', '--theorems', 'nowhere.ts'], /nowhere\.ts/],
  ])('%s: one line and exit code 2', async (args, message) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain('\n');
  });
});

describe('certify', () => {
  it('accepts the proof, and says what is proved', async () => {
    const { code, out, err } = await run(['certify', 'proof.json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('✔ proof.json  accepted: proof, tirer-bruna-2022/3.1@current');
    expect(out.replace(/\s+/g, ' ')).toContain('if c ≤ 1, the minimum is c - 1/2·c^2, and every global minimizer has');
  });

  it('refuses the name of a shipped theorem on the proof of something else, which may have another name', async () => {
    const text = (await run(['prove', '3.1'])).out;
    const loose = (): LooseProof => JSON.parse(text) as LooseProof;
    const judged = async (proof: LooseProof): Promise<string> => {
      writeFileSync(join(folder, 'named.json'), JSON.stringify(proof));
      const { code, out } = await run(['certify', 'named.json']);
      expect(code).toBe(out.includes('accepted: proof') ? 0 : 1);
      return out.replace(/\s+/g, ' ');
    };
    // Each of these proves something.
    const fewer = loose();
    fewer.cases[0]!.conclusions.splice(1, 1);
    const oneCase = loose();
    oneCase.cases.splice(1);
    const wrong = /it is labelled tirer-bruna-2022\/\S+, and that is wrong: /;
    for (const [proof, reason] of [
      [fewer, "for c <= 1 it does not prove [(1)/(n^2)] Y H' H Y' = "],
      [oneCase, 'there is no case for 1 < c'],
      [{ ...loose(), theorem: 'tirer-bruna-2022/3.2' }, 'the model is another one'],
      [{ ...loose(), theorem: 'tirer-bruna-2022/4.1' }, 'it is a proof of another kind'],
      [{ ...loose(), revision: 'old' }, 'there is no such revision'],
    ] as const) {
      const out = await judged(proof);
      expect(out).toMatch(wrong);
      expect(out).toContain(reason);
      expect(await judged({ ...proof, theorem: 'somebody/else' })).toContain('accepted: proof, somebody/else');
    }
    const more = loose();
    more.cases[0]!.conclusions.push({ ...more.cases[0]!.conclusions[0]!, id: 'again' });
    expect(await judged(more)).toContain('accepted: proof, tirer-bruna-2022/3.1');
  });

  it('accepts a chain modulo what it cites, and refuses the name of another theorem on it', async () => {
    const { code, out } = await run(['prove', '4.1', '--out', 'chain.json']);
    expect(code).toBe(0);
    expect(out).toContain('✔ chain.json  Modulo the variational form of the nuclear norm, ');
    const certified = await run(['certify', 'chain.json', '--json']);
    expect(JSON.parse(certified.out)).toMatchObject({
      certificates: [{ accepted: true, modulo: expect.objectContaining({ length: 3 }) as unknown, coversAll: false }],
    });
    const text = readFileSync(join(folder, 'chain.json'), 'utf8');
    for (const [before, after, reason] of [
      ['tirer-bruna-2022/4.1', 'tirer-bruna-2022/4.2', 'there is no such revision'],
      ['"id": "NC1"', '"id": "NC0"', ''],
    ] as const) {
      writeFileSync(join(folder, 'other.json'), text.replace(before, after));
      const other = await run(['certify', 'other.json']);
      expect(other.code).toBe(reason === '' ? 0 : 1);
      expect(other.out).toContain(reason);
    }
    const fewer = JSON.parse(text) as LooseProof;
    fewer.cases[0]!.conclusions.splice(1, 1);
    writeFileSync(join(folder, 'fewer.json'), JSON.stringify(fewer));
    const refused = (await run(['certify', 'fewer.json'])).out.replace(/\s+/g, ' ');
    expect(refused).toContain('it does not prove [(1)/(n^2)] Y');
  });

  it('rejects a spoiled one with the reason, and prints one document', async () => {
    const text = (await run(['prove', '3.1'])).out;
    writeFileSync(join(folder, 'spoiled.json'), text.replace('"c - 1/2*c^2"', '"c - 1/3*c^2"'));
    const { code, out } = await run(['certify', 'proof.json', 'spoiled.json', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      certificates: [
        { accepted: true, kind: 'proof', coversAll: true, cases: [{ id: 'frame' }, { id: 'zero' }] },
        { accepted: false, reason: expect.stringMatching(/identity of case frame does not hold/) as string },
      ],
    });
  });
});
