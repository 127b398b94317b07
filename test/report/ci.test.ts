/** JUnit XML, GitHub annotations and the LaTeX table, of claims with every outcome and hostile names. */
import { describe, expect, it } from 'vitest';
import { renderGithub } from '../../src/report/github.js';
import { renderJunit } from '../../src/report/junit.js';
import { renderLatex } from '../../src/report/latex.js';
import { latexText } from '../../src/symbolic/latex-text.js';
import type { Report } from '../../src/report/reporters.js';
import { markupDefect } from './xml.js';

const NASTY = 'σ of "A" & <B> 50%, _x^2 ]]> \u0001\nnext: λ₂ ∇f ☃ $\\end{table}';

const evidence = (outcome: string, more: object = {}) => ({
  check: 'points',
  part: NASTY,
  method: 'numeric',
  scope: { instances: 3 },
  outcome,
  statement: NASTY,
  reproduce: 'npx ufm-check verify x --seed 1',
  ...more,
});

const claim = (id: string, verdict: string, expected: string, outcomes: readonly object[]) => ({
  name: `lemma:${id}`,
  lemma: { paper: { id: 'p.q' }, id, title: NASTY, expected },
  judgement: { verdict, missing: verdict === expected ? [] : [NASTY], violations: [], proof: { status: 'untested' } },
  evidence: outcomes,
  instances: 1,
  points: 2,
});

const accused = evidence('fail', {
  violation: { kind: 'inequality', what: NASTY, reproduce: 'npx ufm-check verify x --seed 7' },
});

const reportOf = (interrupted: boolean, ...lemmas: readonly object[]): Report =>
  ({
    header: {
      version: '9.9',
      seed: 1,
      command: 'npx ufm-check verify',
      interrupted,
      notReached: [],
      workers: 1,
      timing: { elapsedMs: 1234 },
    },
    results: [],
    lemmas,
  }) as unknown as Report;

const REPORT = reportOf(
  false,
  claim('good', 'upheld', 'upheld', [evidence('pass'), evidence('inconclusive')]),
  claim('false-as-expected', 'suspect', 'suspect', [accused]),
  claim('bad', 'suspect', 'upheld', [evidence('pass'), accused]),
);

/** What the schema of the Jenkins plug-in allows (stricter: children in one order), and asks for. */
const SCHEMA: Readonly<Record<string, { readonly attributes: readonly string[]; readonly children: RegExp }>> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: /^(testsuite )*$/ },
  testsuite: { attributes: ['name', 'tests', 'failures', 'errors', 'skipped'], children: /^properties (testcase )+$/ },
  properties: { attributes: [], children: /^(property )+$/ },
  property: { attributes: ['name', 'value'], children: /^$/ },
  testcase: { attributes: ['name', 'classname'], children: /^(failure |skipped )?(system-out )?$/ },
  failure: { attributes: ['message', 'type'], children: /^$/ },
  skipped: { attributes: ['message'], children: /^$/ },
  'system-out': { attributes: [], children: /^$/ },
};

/** Elements with their attributes and the names of their children. */
const elements = (xml: string) => {
  const found: { name: string; attributes: Record<string, string>; children: string }[] = [];
  const open: typeof found = [];
  const tags = /<(\/?)([a-z][\w-]*)((?:\s[\w-]+="[^"]*")*)\s*(\/?)>/g;
  for (const [, closing, name = '', rest = '', empty] of xml.matchAll(tags)) {
    if (closing === '/') {
      open.pop();
      continue;
    }
    const attributes = Object.fromEntries([...rest.matchAll(/([\w-]+)="([^"]*)"/g)].map((x) => [x[1]!, x[2]!]));
    const element = { name, attributes, children: '' };
    const parent = open.at(-1);
    if (parent !== undefined) parent.children += `${name} `;
    found.push(element);
    if (empty !== '/') open.push(element);
  }
  return found;
};

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  testsuite: ['name', 'tests', 'failures', 'errors'],
  testcase: ['name'],
  property: ['name', 'value'],
};
const SECONDS = /^\d+\.\d{3}$/;

describe('JUnit', () => {
  const xml = renderJunit(REPORT);

  it('is well-formed and follows the schema', () => {
    expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')).toBe(true);
    expect(markupDefect(xml.slice(xml.indexOf('\n')))).toBeUndefined();
    for (const { name, attributes, children } of elements(xml)) {
      expect(Object.keys(SCHEMA)).toContain(name);
      expect(SCHEMA[name]!.attributes).toEqual(expect.arrayContaining(Object.keys(attributes)));
      expect(children).toMatch(SCHEMA[name]!.children);
      expect(Object.keys(attributes)).toEqual(expect.arrayContaining([...(REQUIRED[name] ?? [])]));
      if (attributes['time'] !== undefined) expect(attributes['time']).toMatch(SECONDS);
    }
  });

  it('fails what is not as expected, and nothing else; counts agree with cases', () => {
    const suites = elements(xml).filter((x) => x.name === 'testsuite').map((x) => x.attributes);
    expect(suites).toEqual([
      { name: 'lemma:good', tests: '3', failures: '0', errors: '0', skipped: '1' },
      { name: 'lemma:false-as-expected', tests: '2', failures: '0', errors: '0', skipped: '0' },
      { name: 'lemma:bad', tests: '3', failures: '2', errors: '0', skipped: '0' },
    ]);
    expect(elements(xml)[0]?.attributes).toMatchObject({ tests: '8', failures: '2', time: '1.234' });
    const count = (name: string): number => elements(xml).filter((x) => x.name === name).length;
    expect([count('testcase'), count('failure'), count('skipped')]).toEqual([8, 2, 1]);
    expect(xml).toContain('contradicts the statement, as expected');
  });

  it('has no control characters, and gives each case of a suite a name of its own', () => {
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
    const names = elements(xml).filter((x) => x.name === 'testcase').map((x) => x.attributes);
    expect(new Set(names.map((x) => `${x['classname']} ${x['name']}`)).size).toBe(names.length);
    expect(names.filter((x) => x['name']?.endsWith(' #2'))).toHaveLength(2);
  });

  it('fails where the run was stopped', () => {
    expect(elements(renderJunit(reportOf(true)))[0]?.attributes).toMatchObject({ tests: '1', failures: '1' });
  });
});

describe('GitHub', () => {
  it('has one command on each line, with everything else escaped', () => {
    const lines = renderGithub(REPORT).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^::error title=ufm-check lemma%3Abad::σ of "A" & <B> 50%25, .*%0Anext: .*--seed 7$/);
    expect(lines[1]).toMatch(/^::notice title=ufm-check::3 lemmas\. Not as expected: lemma:bad\.$/);
    expect(renderGithub(reportOf(true)).split('\n')[0]).toMatch(/^::error title=ufm-check stopped early::/);
  });
});

describe('LaTeX', () => {
  const table = renderLatex(REPORT);

  it('is one table with as many cells in each row, in ASCII, with nothing left to be read as a command', () => {
    expect(table).toMatch(/^[\x20-\x7e\n]*$/);
    expect(table.match(/\\end\{table\}/g)).toHaveLength(1);
    const rows = table.split('\n').filter((x) => x.endsWith('\\\\'));
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row.match(/(?<!\\)&/g)).toHaveLength(6);
    expect(table).toContain('lemma:good');
    expect(table).toContain('Not as expected');
  });

  it('escapes what LaTeX reads', () => {
    expect(latexText('a_b & 50% {λ₂} \\x ☃')).toBe(
      'a\\_b \\& 50\\% \\{$\\lambda$$_{2}$\\} \\textbackslash{}x \\texttt{U+2603}',
    );
    expect(latexText('Hölder, H̄ᵀ')).toBe('H\\"{o}lder, $\\bar{H}$${}^{\\top}$');
    const unescaped = latexText(NASTY).replaceAll(/\\[{}\\]/g, '');
    expect(unescaped.split('{')).toHaveLength(unescaped.split('}').length);
  });
});
