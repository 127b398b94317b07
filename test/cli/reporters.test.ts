/** Reports to files: several at once, whole or not at all, and refused before the run where they cannot be written. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockText, readLock, writeLockPart } from '../../src/cli/lock.js';
import { requireWritable, writeWhole } from '../../src/cli/write.js';
import { runHere } from './here.js';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'ufm-check-test-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const run = (...args: readonly string[]) => runHere(args);

/** Costs nothing: a lemma that is shown in words. */
const LEMMA = ['verify', 'lemma:class-averaging'];

describe('--reporter', () => {
  it('writes the transcript and the JSON document at once, the same as alone', async () => {
    const list = `terminal,json=${at('r.json')},terminal=${at('r.txt')}`;
    const { code, out, err } = await run(...LEMMA, '--reporter', list);
    expect(code).toBe(0);
    expect(err).toBe(`wrote ${at('r.json')}\nwrote ${at('r.txt')}\n`);
    const withoutTime = (text: string): string => text.replace(/\d+\.\d s\./, '').replace(/"elapsedMs": \d+/, '');
    expect(fs.readFileSync(at('r.txt'), 'utf8')).toBe(out);
    const alone = await run(...LEMMA, '--json');
    expect(withoutTime(fs.readFileSync(at('r.json'), 'utf8'))).toBe(withoutTime(alone.out));
    // What is asked for in which form changes no result, and is no part of the command to repeat.
    expect(out).toMatch(/again: npx ufm-check verify lemma:class-averaging --seed 1\n$/);
  });

  it('prints one document where a file gets the transcript', async () => {
    const { out } = await run(...LEMMA, '--reporter', `terminal=${at('t.txt')}`, '--json');
    expect(JSON.parse(out)).toMatchObject({ format: 'ufm-check-report/1' });
    expect(fs.readFileSync(at('t.txt'), 'utf8')).toContain('✔ lemma:class-averaging');
  });

  it('writes for CI: annotations follow the transcript, the rest goes to files', async () => {
    const list = `terminal,github,junit=${at('r.xml')},latex=${at('r.tex')}`;
    const { code, out } = await run(...LEMMA, '--reporter', list);
    expect(code).toBe(0);
    expect(out).toContain('✔ lemma:class-averaging');
    expect(out).toMatch(/\n::notice title=ufm-check::1 lemma\. Every verdict is as expected\.\n$/);
    expect(fs.readFileSync(at('r.xml'), 'utf8')).toMatch(/<testsuites name="ufm-check" tests="\d+" failures="0"/);
    expect(fs.readFileSync(at('r.tex'), 'utf8')).toContain('lemma:class-averaging & what averaging');
  });

  it.each([
    ['github,json', /^error: github and json both want standard output\. /],
    ['fancy=x', /^error: there is no reporter "fancy"\. Reporters: terminal, json/],
    ['json=', /^error: --reporter json= names no file\. /],
    ['json,terminal', /^error: json and terminal both want standard output\. /],
    ['json=FOLDER/a,terminal=FOLDER/./a', /^error: json and terminal both want .*\/a\. /],
    ['json=FOLDER/no/such/folder/r.json', /^error: cannot write .*r\.json \(ENOENT\)\. /],
    ['json=FOLDER', /^error: cannot write .*: it is a folder\. /],
  ])('refuses %s in one line, before anything runs', async (list, message) => {
    const before = fs.readdirSync(folder);
    const { code, out, err } = await run(...LEMMA, '--reporter', list.replaceAll('FOLDER', folder));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain('\n');
    expect(fs.readdirSync(folder)).toEqual(before);
  });
});

describe('files', () => {
  it('are replaced as a whole, with the mode of the old one, and nothing is left beside them', () => {
    fs.mkdirSync(at('files'));
    const file = at('files/report');
    fs.writeFileSync(file, 'old and much longer than the new one');
    fs.chmodSync(file, 0o600);
    requireWritable(file);
    expect(fs.readFileSync(file, 'utf8')).toBe('old and much longer than the new one');
    writeWhole(file, 'new');
    expect(fs.readFileSync(file, 'utf8')).toBe('new');
    expect(fs.readdirSync(at('files'))).toEqual(['report']);
  });

  it('keep their old text where the new one cannot be written', () => {
    expect(() => writeWhole(at('nowhere/x'), 'new')).toThrow(/cannot write .*x \(ENOENT\)/);
    expect(fs.existsSync(at('nowhere'))).toBe(false);
    // A device that is always full.
    if (fs.existsSync('/dev/full')) expect(() => writeWhole('/dev/full', 'new')).toThrow(/cannot write \/dev\/full/);
  });
});

describe('the lock file', () => {
  it('has sorted keys, and each part is left alone by the owners of the others', () => {
    const file = at('ufm-check.lock.json');
    expect(readLock(file)).toBeUndefined();
    writeLockPart(file, 'reviewed', { b: 1, a: [2, 1] });
    writeLockPart(file, 'verdicts', { y: { d: 1, c: 2 }, x: {} });
    writeLockPart(file, 'verdicts', { x: {} });
    expect(fs.readFileSync(file, 'utf8')).toBe(lockText({ verdicts: { x: {} }, reviewed: { a: [2, 1], b: 1 } }));
    const keys = Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')) as object);
    expect(keys).toEqual(['format', 'reviewed', 'verdicts']);
  });

  it.each([
    ['{"format": "ufm-check-lock/2"}', /has format ufm-check-lock\/2; this version reads ufm-check-lock\/1/],
    ['[]', /has no format/],
    ['{"format"', /is not JSON/],
  ])('is refused as %s', (text, message) => {
    fs.writeFileSync(at('bad.json'), text);
    expect(() => readLock(at('bad.json'))).toThrow(message);
  });
});
