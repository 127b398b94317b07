/** Maps: drawn, stopped and gone on with, refused where their state is not theirs. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.js';
import { checkCertificate } from '../../src/exact/certificate/judge.js';
import { createPool } from '../../src/check/pool.js';
import { parseRational } from '../../src/exact/rational.js';
import { type MapCell, type Place } from '../../src/search/map/cell.js';
import { drawMap } from '../../src/search/map/run.js';
import { type MapIdentity, readState, stateText } from '../../src/search/map/state.js';
import { type MapTable, cellSentence, mapCsv, mapText } from '../../src/search/report/map.js';
import { mapSvg } from '../../src/search/report/map-svg.js';
import { searchHandler } from '../../src/search/task.js';
import { findTargets, registryOf } from '../../src/theorem/registry.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { run as built, workingFolder } from './run.js';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

const registry = registryOf([theorem42]);
const place = (K: number, mu: string): Place => ({ K, n: 1, d: K, mu: parseRational(mu) });

/** The cells at these places, with one round of starts. */
const draw = async (places: readonly Place[], most = Infinity) => {
  const [target] = findTargets(registry, ['4.2@original'], 'current');
  const pool = createPool({ workers: 0, workerFile: new URL('file:///unused'), handler: searchHandler(registry) });
  const cells: MapCell[] = [];
  const certificates: string[] = [];
  const complete = await drawMap(target!, pool, {
    places,
    rounds: 1,
    seed: 1,
    originOf: () => ({ seed: 1, command: 'npx ufm-check map', version: '0' }),
    onCell: (cell, certified) => {
      cells.push(cell);
      if (certified !== undefined) certificates.push(certified.text);
    },
    shouldStop: () => cells.length >= most,
  });
  return { complete, cells, certificates };
};

const identity: MapIdentity = {
  theorem: 'tirer-bruna-2022/4.2',
  revision: 'original',
  fingerprint: 'f',
  seed: 1,
  rounds: 1,
  version: '0',
};

describe('the cells of a map', () => {
  it('are certified at K = 5 near the threshold, and not beaten at K = 2, alone as in company', async () => {
    const both = await draw([place(2, '9/20'), place(5, '12/25')]);
    expect(both.complete).toBe(true);
    expect(both.cells.map((x) => x.status)).toEqual(['not beaten', 'certified']);
    expect(both.cells.every((x) => x.starts > 0)).toBe(true);
    expect(both.certificates.map((x) => checkCertificate(x).accepted)).toEqual([true]);
    const alone = await draw([place(5, '12/25')]);
    expect(alone.cells).toEqual(both.cells.slice(1));
    expect(alone.certificates).toEqual(both.certificates);
    const stopped = await draw([place(2, '9/20'), place(5, '12/25')], 1);
    expect([stopped.complete, stopped.cells]).toEqual([false, both.cells.slice(0, 1)]);
  });

  it('keep what they know in a file, and nothing else is read as one', async () => {
    const { cells } = await draw([place(2, '9/20')]);
    const text = stateText({ identity, cells });
    expect(readState(text, 'map.json', identity)).toEqual({ identity, cells });
    const elsewhere = { status: 'certified', how: 'x', certificate: '../a.json', margin: '1' } as const;
    const damaged = [
      text.slice(0, -20),
      '[]',
      text.replace('"K": 2', '"K": 2.5'),
      text.replace('"not beaten"', '"certified"'),
      text.replace('"mu": "9/20"', '"mu": "9/0"'),
      text.replace('"cells": [', '"cells": [{},'),
      stateText({ identity, cells: [...cells, ...cells] }),
      stateText({ identity, cells: cells.map((x) => ({ ...x, ...elsewhere })) }),
    ];
    for (const other of damaged) expect(() => readState(other, 'map.json', identity)).toThrow(/^map\.json: /);
    const foreign = stateText({ identity: { ...identity, seed: 2 }, cells });
    expect(() => readState(foreign, 'map.json', identity)).toThrow('another map: its seed is not 1');
  });
});

const cell = (change: Partial<MapCell>): MapCell => ({
  K: 4, n: 1, d: 4, mu: '9/20', claim: 'orthogonal-frame', status: 'not beaten', starts: 768, gap: 0, ...change,
});

describe('a map', () => {
  const cells = [
    cell({}),
    cell({ mu: '12/25', status: 'suspect', gap: 1e-5, how: 'a "start"' }),
    cell({ mu: '1/2', status: 'certified', gap: 2e-4, how: 'D4', certificate: 'a.json', margin: '1/5000' }),
  ];
  const table: MapTable = {
    identity,
    rows: [{ K: 4, n: 1, d: 4 }],
    columns: ['9/20', '12/25', '1/2', '3/5'],
    cells,
    command: 'npx ufm-check map 4.2@original --K <4>',
  };

  it('says of the claimed form only that it was not beaten', () => {
    expect(cellSentence(cells[0])).toBe('not beaten in 768 starts, best gap 0.0e+0');
    expect(mapText(table)).toContain('4          ·     ?     ●');
    expect(mapText(table)).toContain('3 of 4 cells');
    const lines = mapCsv(table).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toMatch(/,suspect,768,0\.0000100000,,,"a ""start"""$/);
    expect(lines[3]).toContain('0.5,0.0625,orthogonal-frame,certified,768,0.000200000,1/5000,a.json,D4');
  });

  it('has a picture with a title, a description, words for each cell and colours for dark pages', () => {
    const svg = mapSvg(table);
    for (const part of ['role="img"', '<title id="title">', '<desc id="desc">', 'prefers-color-scheme: dark']) {
      expect(svg).toContain(part);
    }
    expect(svg).toContain('K = 4, μ = 0.45: not beaten in 768 starts');
    expect(svg).toContain('K = 4, μ = 0.6: not done');
    expect(svg).toContain('--K &lt;4&gt;');
    expect(svg.match(/<g>/g)).toHaveLength(4);
  });
});

describe('ufm-check map, as a process', () => {
  const words = (folder: string, workers: string): string[] =>
    `map 4.2@original --K 3 --mu 0.45,0.48 --rounds 1 --out ${folder} --workers ${workers}`.split(' ');
  const files = (folder: string): ReadonlyMap<string, string> =>
    new Map(
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.includes('.'))
        .sort()
        // The folder is named in the pictures.
        .map((name) => [name, readFileSync(join(folder, name), 'utf8').replaceAll(/--out (whole|cut)/g, '')]),
    );

  it('draws the same map with two workers as with one, killed half-way and gone on with', async () => {
    expect((await built(words('whole', '2'))).code).toBe(0);
    const [whole, cut] = ['whole', 'cut'].map((name) => join(workingFolder(), name)) as [string, string];
    const state = join(cut, 'map.json');
    const first = spawn(process.execPath, [MAIN, ...words('cut', '1')], { cwd: workingFolder() });
    const ended = new Promise((resolve) => first.on('close', resolve));
    while (first.exitCode === null && !existsSync(state)) await new Promise((resolve) => setTimeout(resolve, 20));
    first.kill('SIGKILL');
    await ended;
    expect((JSON.parse(readFileSync(state, 'utf8')) as { cells: unknown[] }).cells).toHaveLength(1);
    const { code, out } = await built(words('cut', '1'));
    expect([code, out]).toEqual([0, expect.stringContaining('1 cells were known')]);
    expect(files(cut)).toEqual(files(whole));
    expect([...files(whole).keys()]).toEqual(['map.csv', 'map.json', 'map.svg']);
  });
});

describe('ufm-check map', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'map-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const command = async (...words: readonly string[]) => {
    const lines: string[] = [];
    const errors: string[] = [];
    const io = { out: (x: string) => lines.push(x), error: (x: string) => errors.push(x), interrupted: () => false };
    const code = await run(['map', ...words, '--out', folder, '--workers', '1', '--rounds', '1'], io);
    return { code, out: lines.join('\n'), errors };
  };

  it('refuses a state that is damaged or foreign, in one line, and theorems that it cannot draw', async () => {
    for (const text of ['{"format": "ufm-check-map/1"', '{"format": "other"}']) {
      writeFileSync(join(folder, 'map.json'), text);
      const { code, errors } = await command('4.2@original', '--K', '2', '--mu', '0.4');
      expect([code, errors.length]).toEqual([2, 1]);
      expect(errors[0]).not.toContain('\n');
      expect(readFileSync(join(folder, 'map.json'), 'utf8')).toBe(text);
    }
    for (const words of ['3.1', '4.2@relaxed', '4.2@original --mu 0..1', '4.2@original --K 3..900']) {
      expect((await command(...words.split(' '))).code).toBe(2);
    }
    expect(readdirSync(folder).sort()).toEqual(['certificates', 'map.json']);
  });
});
