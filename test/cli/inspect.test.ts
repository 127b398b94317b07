/** `inspect` and `export`: points that NumPy and PyTorch have written, our own, and all that has to be refused. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRational, toNumber } from '../../src/exact/rational.js';
import { NUMPY, folder, here } from './here.js';

const CERTIFICATES = fileURLToPath(new URL('../fixtures/certificates/', import.meta.url));
const GIVEN = '--theorem 3.1 --lambda-w 1/12 --lambda-h 1/6';

interface Document {
  readonly instance: { readonly K: number; readonly n: number; readonly d: number; readonly lambda: object };
  readonly standing: { readonly height: string; readonly value: number; readonly gap: number };
  readonly conclusions: readonly {
    readonly conclusion: string;
    readonly measured: number;
    readonly keeping: string;
    readonly unclaimed?: string;
  }[];
  readonly metrics: readonly Readonly<Record<string, number | string>>[];
  readonly source: {
    readonly transposed: readonly string[];
    readonly labels: string;
    readonly ignored: readonly string[];
  };
  readonly heights: readonly { readonly what: string; readonly above: number }[];
  readonly gradient: { readonly norm: number; readonly rounding: number; readonly vanishes: boolean };
  readonly hypotheses: readonly { readonly id?: string; readonly holds?: boolean | string }[];
  readonly contradicts: readonly string[];
  readonly contradiction?: string;
  readonly advice: readonly string[];
}

const document = async (line: string): Promise<Document & { readonly code: number | null }> => {
  const { code, out, err } = await here(`${line} --json`);
  expect(err).toBe('');
  return { ...(JSON.parse(out) as Document), code };
};

describe('inspect', () => {
  it.each([
    ['point.npz', ['H'], 'y'],
    ['fortran.npz', [], 'y'],
    ['single.npz', [], 'y'],
    ['unlabelled.npz', [], 'class-major, as all outputs say'],
  ])('reads the minimizer in %s', async (file, transposed, labels) => {
    const found = await document(`inspect @${file} ${GIVEN}`);
    expect(found).toMatchObject({ code: 0, source: { transposed, labels }, standing: { height: 'at' } });
    expect(found.instance).toMatchObject({ K: 3, n: 2, d: 4 });
    expect(found.standing.value).toBeCloseTo(3 / 8, 14);
    expect(found.conclusions.map((x) => x.conclusion)).toEqual(['NC1', 'NC2', 'NC3']);
    expect(new Set(found.conclusions.map((x) => x.keeping))).toEqual(new Set(['to rounding']));
    const [{ nc1, nc2Frame, nc3Frame } = {}] = found.metrics;
    for (const metric of [nc1, nc2Frame, nc3Frame]) expect(metric).toBeLessThan(1e-6);
    expect(found.heights[0]?.what).toContain('claimed minimizers');
  });

  it('reads single arrays from files of their own, and arrays of other names', async () => {
    const files = await document(`inspect @W.npy @H.npy @y.npy ${GIVEN}`);
    expect(files.standing.height).toBe('at');
    const named = await document(`inspect @state-dict.npz ${GIVEN} --names W=head.weight,H=features,y=targets`);
    expect(named.standing).toEqual(files.standing);
    expect(await here(`inspect @state-dict.npz ${GIVEN}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is head.weight 3 × 4, features 6 × 4, targets (6,)') as string,
    });
  });

  it('reads JSON, and λ from a point that ufm-check has written', async () => {
    const rows = {
      W: [
        [1, 0],
        ['0', '1'],
      ],
      H: [
        ['1/2', 0],
        [0, 0.5],
      ],
      y: [4, 5],
    };
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(rows));
    const mine = await document('inspect %mine.json --theorem 3.1 --lambda 1/4');
    expect(mine.instance).toEqual({ K: 2, n: 1, d: 2, lambda: { W: '1/4', H: '1/4' } });
    await here('export 3.1 --K 3 --d 4 --n 2 --to %ours.json');
    expect((await document('inspect %ours.json --theorem 3.1 --transpose none')).standing.height).toBe('at');
  });

  it('reads what it needs, names what it ignores, and asks where two arrays may be meant', async () => {
    const W = [
      [1, 0],
      [0, 1],
    ];
    const write = (more: object): void => {
      writeFileSync(join(folder, 'more.json'), `\uFEFF${JSON.stringify({ W, H: W, y: [0, 1], ...more })}`);
    };
    write({ history: [['epoch', 1]], Loss: [0.5] });
    expect((await document('inspect %more.json --theorem 3.1 --lambda 1/4')).source.ignored).toEqual([
      'history',
      'Loss',
    ]);
    for (const [more, options, message] of [
      [{ w: W }, '', 'W and w may both be W'],
      [{ y: [1, 0] }, ' --class-major', 'the labels y say that the samples are not sorted by class'],
      [{ y: W }, '', 'Of one-hot rows: y.argmax(1)'],
      [{ H: ['x', 1] }, '', 'H: "x" is not a number'],
    ] as const) {
      write(more);
      const { code, err } = await here(`inspect %more.json --theorem 3.1 --lambda 1/4${options}`);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) as string });
    }
    write({ w: W });
    expect((await here('inspect %more.json --theorem 3.1 --lambda 1/4 --names W=w')).code).toBe(0);
    writeFileSync(join(folder, 'nan.json'), '{ "W": [[NaN]], "H": [[1]] }');
    expect((await here('inspect %nan.json --theorem 3.1 --lambda 1/4')).err).toContain('not JSON, which has no NaN');
  });

  it('converts what PyTorch calls weight decay, and says how', async () => {
    const { code, out } = await here('inspect @trained.npz --theorem 3.1 --lambda 0.02 --convention pytorch');
    expect(code).toBe(0);
    expect(out).toContain('λ_W = (K/2)·wd = 3/2 · 1/50 = 3/100');
    // c = K√(nλ_Wλ_H) = 9/50, f* = c − c²/2; the mean over NK entries is 2/K times as much.
    expect(out).toMatch(/loss +0\.1638\n +as trained, \(2\/K\)·f = 0\.1092\n/);
    expect(out).toContain('→ as theorem 3.1 claims it of a global minimizer, to the accuracy that its loss has');
    const unconverted = await document('inspect @trained.npz --theorem 3.1 --lambda 0.02');
    expect(unconverted.standing.height).toBe('above');
    const other = await document(
      'inspect @point.npz --theorem 3.1 --lambda-w 1/4 --lambda-h 1 --convention perturbation',
    );
    expect(other.instance.lambda).toEqual({ W: '1/12', H: '1/6' });
    expect(other.standing.height).toBe('at');
  });

  it('tells a trained point that is no global minimizer', async () => {
    const options = '--theorem 4.2 --lambda 0.02 --convention pytorch';
    const found = await document(`inspect @trained-relu.npz ${options} --transpose H1`);
    expect(found.standing.height).toBe('above');
    expect(found.gradient.norm).toBeLessThan(found.gradient.rounding);
    expect(found.conclusions.map((x) => x.keeping)).toEqual(['not claimed', 'not claimed', 'not claimed']);
    // 32 bits: ‖σ(X)‖_* and ‖X‖_* differ by what the last bit of W1 and H1 explains.
    expect(found.hypotheses.find((x) => x.id === 'H*')?.holds).toBe('to rounding');
    expect(found.advice[0]).toBe(
      'a critical point above the claimed value: no global minimizer, if the theorem is true; start elsewhere',
    );
  });

  it('asks which blocks are transposed where the shapes do not say, with the loss of each reading', async () => {
    const { code, out, err } = await here('inspect @trained-relu.npz --theorem 4.2 --lambda 3/100');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(
      /^error: the shapes do not say which blocks are transposed \(--transpose H1: loss 0\.1931482; /,
    );
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(
      (await document('inspect @trained-relu.npz --theorem 4.2 --lambda 3/100 --transpose H1')).source.transposed,
    ).toEqual(['H1']);
    const wrong = await document('inspect @trained-relu.npz --theorem 4.2 --lambda 3/100 --transpose W1,H1');
    expect(wrong.standing.value).toBeCloseTo(0.621273, 6);
    expect(await here(`inspect @point.npz ${GIVEN} --transpose W`)).toMatchObject({ code: 2 });
  });

  it('says that a counterexample contradicts the original Theorem 4.2, and not the relaxed one', async () => {
    const file = `${CERTIFICATES}five-classes.json`;
    const options = '--transpose none --class-major';
    const original = await document(`inspect ${file} --theorem 4.2@original ${options}`);
    expect(original).toMatchObject({ code: 1, contradiction: 'its value is below the claimed minimum' });
    expect(original.advice.join()).toContain(
      'npx ufm-check search 4.2@original --K 5 --d 5 --n 1 --lambda-w2 1/5 --lambda-w1 1/20 --lambda-h1 2/41 --seed 1',
    );
    const relaxed = await document(`inspect ${file} --theorem 4.2@relaxed ${options}`);
    expect(relaxed).toMatchObject({ code: 0, standing: { height: 'priced' } });
    expect(relaxed.contradiction).toBeUndefined();
    expect(relaxed.contradicts).toEqual(['4.2@original', '4.2@strong']);
    expect(relaxed.advice[0]).toContain('no contradiction: the point breaks H*');
  });

  it('concludes nothing of a point at the claimed value that breaks (H*) and is not critical', async () => {
    const text = readFileSync(`${CERTIFICATES}five-classes.json`, 'utf8');
    const { point } = JSON.parse(text) as { readonly point: Readonly<Record<string, readonly (readonly string[])[]>> };
    // The counterexample, moved away from zero until its value is the claimed one.
    const scaled = Object.entries(point).map(([name, rows]): [string, number[][]] => [
      name,
      rows.map((row) => row.map((x) => 1.0604377738123938 * toNumber(parseRational(x)))),
    ]);
    writeFileSync(join(folder, 'at.json'), JSON.stringify(Object.fromEntries(scaled)));
    const options = '--transpose none --class-major --lambda-w2 1/5 --lambda-w1 1/20 --lambda-h1 2/41';
    const found = await document(`inspect %at.json --theorem 4.2@relaxed ${options}`);
    expect(found).toMatchObject({ code: 0, standing: { height: 'at' }, gradient: { vanishes: false } });
    expect(found.conclusions.map((x) => x.unclaimed)).toEqual([undefined, 'price', 'price']);
    expect(found.advice[0]).toBe(
      'at the claimed value, but the point breaks H*: theorem 4.2@relaxed claims nothing of it ' +
        '(nor is it critical: the descent shows where it leads)',
    );
  });

  it.each(['1e100', '1e160', '1e200'])('says in one line that entries of size %s are too large', async (size) => {
    const entry = Number(size);
    const diagonal = (x: number): number[][] => [
      [x, 0],
      [0, x],
    ];
    for (const weight of [1, entry]) {
      writeFileSync(
        join(folder, 'run-away.json'),
        JSON.stringify({ W: diagonal(weight), H: diagonal(entry), y: [0, 1] }),
      );
      const { code, out, err } = await here('inspect %run-away.json --theorem 3.1 --lambda 1/4');
      expect({ weight, code, out }).toEqual({ weight, code: 2, out: '' });
      expect(err).toMatch(/^error: the numbers of this point are too large to be measured in doubles: .*\n$/);
    }
  });

  it('does not accuse a theorem of zero just below the threshold, where zero is no minimizer', async () => {
    // κ = K³nλ_{W₂}λ_{W₁}λ_{H₁} = 8λ_{H₁}: below 1/16 by 8e-11, and 1/16.
    for (const last of ['0.00781249999', '1/128']) {
      const zero = {
        W2: [
          [0, 0],
          [0, 0],
        ],
        W1: [
          [0, 0],
          [0, 0],
        ],
        H1: [
          [0, 0],
          [0, 0],
        ],
        y: [0, 1],
      };
      writeFileSync(join(folder, 'zero.json'), JSON.stringify(zero));
      const lambdas = `--lambda-w2 1 --lambda-w1 1 --lambda-h1 ${last}`;
      const found = await here(`inspect %zero.json --theorem 4.1 ${lambdas} --json`);
      expect(found.code).toBe(0);
      expect(JSON.parse(found.out)).not.toHaveProperty('contradiction');
    }
  });

  it('says that an admissible point whose features are no frame contradicts the strong form alone', async () => {
    await here('export 4.2 --K 3 --d 5 --n 2 --mu 0.3 --to %obtuse.npz');
    const { out } = await here('export 4.2 --K 3 --d 5 --n 2 --mu 0.3 --to %obtuse.json --json');
    const { instance } = JSON.parse(out) as { readonly instance: { readonly lambda: Record<string, string> } };
    const lambdas = Object.entries(instance.lambda).map(([x, value]) => `--lambda-${x.toLowerCase()} ${value}`);
    const options = `${lambdas.join(' ')} --transpose none`;
    const strong = await document(`inspect %obtuse.npz --theorem 4.2@strong ${options}`);
    expect(strong.contradiction).toBe(
      'it has the claimed value and breaks NC2-features (by more than growth of fourth order allows)',
    );
    const relaxed = await document(`inspect %obtuse.npz --theorem 4.2 ${options}`);
    expect(relaxed).toMatchObject({ code: 0, contradicts: ['4.2@strong'] });
  });

  it('refuses in one line what is no point, and is silent on standard output', async () => {
    const expected: Readonly<Record<string, string>> = {
      'big-endian': 'big-endian numbers (>f8)',
      objects: 'an array of Python objects, which is a pickle and is never loaded',
      half: 'numbers of the type <f2',
      complex: 'numbers of the type <c16',
      records: 'a structured array',
      nan: 'H has NaN in row 3, column 3',
      infinite: 'H has an infinite number in row 3, column 3',
      unequal: 'the classes have 3, 2, 1 samples',
      gap: 'the labels go from 0 to 3, but not all occur',
      shapes: 'do not fit together',
      vector: 'W has the shape (12,)',
      empty: 'do not fit together',
      shuffled: 'there is no array y, and the outputs do not say',
      'state-dict': 'the block W is missing',
      missing: 'ENOENT',
    };
    for (const [name, message] of Object.entries(expected)) {
      const { code, out, err } = await here(`inspect @${name}.npz ${GIVEN}`);
      expect({ name, code, out }).toEqual({ name, code: 2, out: '' });
      expect(err).toContain(message);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
    const bytes = readFileSync(`${NUMPY}point.npz`);
    writeFileSync(join(folder, 'half.npz'), bytes.subarray(0, bytes.length / 2));
    expect((await here(`inspect %half.npz ${GIVEN}`)).err).toContain('not an archive, or a truncated one');
    for (const [line, message] of [
      ['inspect @point.npz --theorem 3.1', 'λ of W is not given'],
      ['inspect @point.npz --theorem 3.1 --lambda 1/100..1', 'a point was found at one λ'],
      ['inspect @point.npz --theorem 3.1 --lambda 1 --lambda-w2 1', '--lambda-w2 does not belong to theorem 3.1'],
      ['inspect @point.npz --theorem 4.1 --lambda 1', 'the block W2 is missing'],
      [`inspect @point.npz ${GIVEN} --convention mine`, '--convention mine'],
      ['inspect @trained-relu.npz --theorem 4.2 --lambda 1 --convention perturbation', 'about one layer without bias'],
      [`inspect @point.npz @fortran.npz ${GIVEN}`, 'there are two arrays'],
      ['inspect @train.py --theorem 3.1', 'not a .npz, .npy or .json file'],
    ] as const) {
      const { code, out, err } = await here(line);
      expect({ line, code, out }).toEqual({ line, code: 2, out: '' });
      expect(err).toContain(message);
    }
  });
});

describe('export', () => {
  it('writes points that inspect finds where the theory has them, with the command that it prints', async () => {
    for (const [theorem, options] of [
      ['3.2', '--K 3 --d 4 --n 2'],
      ['4.1', '--K 4 --d 6 --n 2 --lambda-w2 1/50 --lambda-w1 1/40 --lambda-h1 1/30'],
      ['4.2', '--K 3 --d 5 --mu 0.3'],
    ] as const) {
      const { code, out } = await here(`export ${theorem} ${options} --to %p.npz`);
      expect(code).toBe(0);
      const command = /next: npx ufm-check (.*)\n/.exec(out)?.[1]?.replace('p.npz', '%p.npz') ?? '';
      const found = await document(command);
      expect({ theorem, height: found.standing.height }).toEqual({ theorem, height: 'at' });
      expect(new Set(found.conclusions.map((x) => x.keeping))).toEqual(new Set(['to rounding']));
    }
  });

  it('writes known critical points by rank', async () => {
    await here('export 3.1 --K 3 --d 4 --n 2 --lambda-w 1/12 --lambda-h 1/6 --rank 2 --to %saddle.npz');
    const found = await document(`inspect %saddle.npz ${GIVEN}`);
    // c = 1/2: 1/2 − r/(2K)·(1 − c)².
    expect(found.standing).toMatchObject({ height: 'above' });
    expect(found.standing.value).toBeCloseTo(5 / 12, 14);
    expect(found.heights[0]?.what).toContain('r = 2');
    expect(found.heights[0]?.above).toBeCloseTo(0, 14);
    expect(await here('export 3.1 --K 3 --rank 3 --to %x.npz')).toMatchObject({ code: 2 });
  });

  it('gives the same bytes for the same seed, and leaves nothing behind where it cannot write', async () => {
    await here('export 3.1 --seed 5 --to %one.npz');
    await here('export 3.1 --seed 5 --to %two.npz');
    expect(readFileSync(join(folder, 'one.npz')).equals(readFileSync(join(folder, 'two.npz')))).toBe(true);
    for (const to of ['%no/p.npz', '%p.npy', '%']) {
      expect(await here(`export 3.1 --to ${to}`)).toMatchObject({ code: 2, out: '' });
    }
    expect(existsSync(join(folder, 'no'))).toBe(false);
    expect(readdirSync(folder).filter((x) => x.startsWith('.'))).toEqual([]);
  });
});
