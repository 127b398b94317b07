/** What the checks found, as tables: evidence, steps of a proof, landing of descents, violations and certificates. */
import { apart } from '../../numeric/digits.js';
import type { Evidence, Violation } from '../../check/evidence.js';
import type { RevisionResult } from '../../check/verify.js';
import { toMathml } from '../../symbolic/mathml.js';
import { describeInstance } from '../../theorem/instance.js';
import { extentText } from '../extent.js';
import { figure, plural } from '../figures.js';
import { hypothesisLines } from '../necessity.js';
import { landingColumns } from '../terminal.js';
import { breakable } from './breakable.js';
import { command, el, escape, say, scrolling } from './markup.js';
import { prose } from './prose.js';

const MARKS = { pass: '✔', fail: '✘', inconclusive: '?' } as const;
const OUTCOMES = { pass: 'passed', fail: 'failed', inconclusive: 'open' } as const;

const scopeText = ({ scope }: Evidence): string =>
  scope === 'all-parameters' ? 'all K, n, d, λ' : plural(scope.instances, 'instance');

const NUMBERS = new Set(['measured', 'bound', 'least margin', 'rounding']);

const head = (...names: readonly string[]): string =>
  el(
    'thead',
    {},
    el(
      'tr',
      {},
      el('th', { scope: 'col', class: 'mark' }, say('span', 'outcome', { class: 'unseen' })),
      ...names.map((x) => say('th', x, { scope: 'col', ...(NUMBERS.has(x) ? { class: 'number' } : {}) })),
    ),
  );

/** A figure, which says what it is where there is no head of a column above it. */
const number = (name: string, text: string): string => say('td', text, { class: 'number', 'data-name': name });

const aside = (text: string): string => el('span', { class: 'aside' }, prose(text));

/** What is decided in words has no figures: it passes or it does not. */
const shown = (value: number | undefined, { method, outcome }: Evidence): string =>
  value === undefined || (method === 'symbolic' && outcome === 'pass') ? '' : figure(value);

const evidenceRow = (x: Evidence): string =>
  el(
    'tr',
    { class: x.outcome },
    el(
      'td',
      { class: 'mark' },
      say('span', MARKS[x.outcome], { 'aria-hidden': 'true' }),
      say('span', OUTCOMES[x.outcome], { class: 'unseen' }),
    ),
    el(
      'th',
      { scope: 'row' },
      escape(x.check),
      ...(x.part === undefined ? [] : [' ', say('span', x.part, { class: 'aside' })]),
    ),
    el('td', {}, say('span', x.method, { class: `badge ${x.method}` }), ' ', aside(scopeText(x))),
    el(
      'td',
      {},
      prose(x.statement),
      ...[x.reach, x.detail].flatMap((y) => (y === undefined ? [] : ['<br/>', aside(y)])),
    ),
    number('measured', shown(x.measured, x)),
    number('bound', shown(x.bound, x)),
  );

/** What a symbolic check has shown part by part, in one line. */
const joined = (evidence: readonly Evidence[]): Evidence[] => {
  const inOne = (x: Evidence): boolean => x.method === 'symbolic' && x.outcome === 'pass' && x.detail === undefined;
  return evidence.flatMap((x, k) => {
    if (!inOne(x)) return [x];
    const alike = evidence.filter((y) => inOne(y) && y.check === x.check);
    if (evidence.indexOf(alike[0] ?? x) !== k) return [];
    if (alike.length === 1) return [x];
    const statements = [...new Set(alike.map((y) => y.statement))];
    const [first = x.statement] = statements;
    const last = statements.at(-1) ?? first;
    const statement = statements.length === 1 ? first : `${first} … ${last} (${statements.length} statements)`;
    const parts = [...new Set(alike.flatMap((y) => y.part ?? []))];
    return [{ ...x, statement, part: parts.length > 6 ? `${alike.length} parts` : parts.join(', ') }];
  });
};

/** Every piece of evidence: how it is known, where, and the figure beside its bound. */
export const evidenceTable = (evidence: readonly Evidence[], of: string): string =>
  scrolling(
    `evidence on ${of}`,
    el(
      'table',
      { class: 'evidence' },
      say('caption', 'Each check, with the worst figure over all instances beside its derived bound'),
      head('check', 'known', 'statement', 'measured', 'bound'),
      el('tbody', {}, ...joined(evidence).map(evidenceRow)),
    ),
  );

/** The steps of written chains: how much each left at its worst point. */
export const stepsMarkup = ({ target, evidence }: RevisionResult): string =>
  target.revision.cases
    .flatMap((home) => {
      const finding = evidence.find(
        (x) => x.check === 'chain' && (x.part === home.id || x.part?.startsWith(`${home.id}: `) === true),
      );
      if (home.chain === undefined || finding === undefined) return [];
      const steps = finding.steps ?? [];
      const rows = steps.map((step, k) => {
        const stated = home.chain?.[k];
        return el(
          'tr',
          { class: step.holds ? 'pass' : 'fail' },
          el(
            'td',
            { class: 'mark' },
            say('span', step.holds ? '✔' : '✘', { 'aria-hidden': 'true' }),
            say('span', step.holds ? 'held' : 'broken', { class: 'unseen' }),
          ),
          say('th', step.name, { scope: 'row' }),
          el(
            'td',
            {},
            stated === undefined ? 'the claimed value' : breakable(toMathml(stated.bound)),
            ...(stated === undefined
              ? []
              : ['<br/>', aside(`${stated.title}: ${stated.because}`)]),
          ),
          number('least margin', figure(step.margin).replace(/^-/, '−')),
          number('rounding', figure(step.tolerance)),
        );
      });
      return [
        el('p', { class: 'lead' }, 'By inequalities, each at every point, if ', toMathml(home.when), ':'),
        scrolling(
          `steps of the proof, case ${home.id}`,
          el(
            'table',
            { class: 'evidence' },
            say('caption', `${finding.statement}. ${finding.detail ?? ''}`),
            head('step', 'below', 'least margin', 'rounding'),
            el('tbody', {}, ...rows),
          ),
        ),
        ...(finding.outcome === 'fail' ? [witnessMarkup(finding), command(finding.reproduce)] : []),
      ];
    })
    .join('');

/** Where descents ended, by kind of start; fuller cells are darker. */
export const landingMarkup = ({ landing, descents }: RevisionResult): string => {
  const starts = Object.entries(landing);
  if (starts.length === 0) return '';
  const columns = landingColumns(landing);
  const rows = starts.map(([start, row]) => {
    const total = Object.values(row).reduce((a, b) => a + b, 0);
    const cells = columns.map((end) => {
      const count = row[end] ?? 0;
      const share = total === 0 ? 0 : Math.round((100 * count) / total);
      const colour = count > 0 && end === 'below' ? 'landed wrong' : 'landed';
      const none = count === 0 ? ' none' : '';
      return say('td', String(count), {
        class: `number ${colour}${none}`,
        style: `--share:${share}%`,
        'data-name': end,
      });
    });
    return el('tr', {}, say('th', start, { scope: 'row' }), ...cells);
  });
  return (
    say('h3', 'Where descents end') +
    scrolling(
      'where descents end',
      el(
        'table',
        { class: 'landing' },
        say('caption', `${plural(descents.independent, 'descent')} and ${descents.planted} planted on saddles`),
        el('thead', {}, el('tr', {}, ...['start', ...columns].map((x) => say('th', x, { scope: 'col' })))),
        el('tbody', {}, ...rows),
      ),
    )
  );
};

type Rows = readonly (readonly string[])[];

const LARGEST_SHOWN = 12;

/** Rationals as fractions. */
const entry = (value: string): string => {
  const [over = '', under] = value.replace('-', '−').split('/');
  const digits = (x: string): string =>
    x.startsWith('−') ? `<mrow><mo>−</mo><mn>${escape(x.slice(1))}</mn></mrow>` : `<mn>${escape(x)}</mn>`;
  return under === undefined ? digits(over) : `<mfrac>${digits(over)}${digits(under)}</mfrac>`;
};

const matrixMarkup = (name: string, rows: Rows): string => {
  const [first = []] = rows;
  const size = `${rows.length} × ${first.length}`;
  if (rows.length > LARGEST_SHOWN || first.length > LARGEST_SHOWN || rows.flat().some((x) => x.length > 24)) {
    return el('p', {}, `${escape(name)} (${size}) is in the certificate.`);
  }
  const table = rows.map((row) => `<mtr>${row.map((x) => `<mtd>${entry(x)}</mtd>`).join('')}</mtr>`).join('');
  const [, letter, index] = /^([A-Za-z]+)(\d)$/.exec(name) ?? [];
  const symbol =
    letter === undefined ? `<mi>${escape(name)}</mi>` : `<msub><mi>${letter}</mi><mn>${index ?? ''}</mn></msub>`;
  const body =
    `${symbol}<mo>=</mo>` +
    `<mrow><mo stretchy="true">(</mo><mtable>${table}</mtable><mo stretchy="true">)</mo></mrow>`;
  return scrolling(`matrix ${name}, ${size}`, `<math><mrow>${body}</mrow></math>`);
};

const isRows = (value: unknown): value is Rows =>
  Array.isArray(value) && value.every((row) => Array.isArray(row) && row.every((x) => typeof x === 'string'));

const pointMarkup = (point: unknown): string =>
  typeof point === 'object' && point !== null
    ? el(
        'div',
        { class: 'matrices' },
        ...Object.entries(point).flatMap(([name, rows]) => (isRows(rows) ? [matrixMarkup(name, rows)] : [])),
      )
    : '';

const witnessMarkup = ({ witness, detail }: Evidence): string =>
  witness === undefined
    ? say('p', detail ?? '')
    : el(
        'div',
        {},
        el('p', {}, prose(`At ${describeInstance(witness.instance)} the point`)),
        pointMarkup(witness.point),
        say('p', `gives ${apart(Number(witness.upper), Number(witness.lower), 4).join(' < ')}.`),
      );

/** A link that saves the certificate: the page carries it. */
const download = (certificate: string, name: string): string =>
  el(
    'p',
    {},
    el(
      'a',
      {
        class: 'download',
        download: `${name}.json`,
        href: `data:application/json;base64,${Buffer.from(certificate, 'utf8').toString('base64')}`,
      },
      escape(`Save the certificate (${name}.json)`),
    ),
    ' ',
    el('span', { class: 'aside' }, 'and check it again, exactly: ', say('code', `npx ufm-check certify ${name}.json`)),
  );

/** Where certificates keep matrices: of violations at points, and of inequalities. */
interface Content {
  readonly point?: unknown;
  readonly matrices?: unknown;
}

const violationMarkup = (x: Evidence, violation: Violation, name: string): string => {
  const { kind, what, margin, instance, shrunkFrom, reproduce } = violation;
  const certificate = x.refutation?.certificate;
  const content = certificate === undefined ? undefined : (JSON.parse(certificate) as Content);
  const from = shrunkFrom === undefined ? '' : ` (shrunk from ${describeInstance(shrunkFrom)})`;
  return el(
    'div',
    { class: 'violation' },
    el('p', {}, say('span', kind, { class: 'tag' }), ' ', prose(x.refutation?.sentence ?? `${what}: ${margin}`)),
    el('p', { class: 'aside' }, prose(`${describeInstance(instance)}${from}`)),
    x.refutation === undefined
      ? say('p', x.detail ?? '', { class: 'aside' })
      : say('p', 'Certified: the exact checker has recomputed it in rational numbers.', { class: 'aside' }),
    pointMarkup(content?.point ?? content?.matrices ?? x.witness?.point),
    ...(certificate === undefined ? [] : [download(certificate, name)]),
    command(reproduce),
  );
};

/** What contradicts the statement, with matrices, certificates and commands. */
export const violationsMarkup = (evidence: readonly Evidence[], name: string): string => {
  // What is certified decides, and comes first.
  const failed = [...evidence]
    .filter((x) => x.outcome === 'fail')
    .sort((x, y) => Number(y.refutation !== undefined) - Number(x.refutation !== undefined));
  const found = failed.flatMap((x, k) =>
    x.violation === undefined ? [] : [violationMarkup(x, x.violation, k === 0 ? name : `${name}-${k + 1}`)],
  );
  return found.length === 0 ? '' : say('h3', 'Counterexamples') + found.join('');
};

/** Commands are shown as they are typed. */
const hypothesisItem = (text: string): string =>
  text.startsWith('again: ') ? say('li', text) : el('li', {}, prose(text));

/** Whether each hypothesis is needed, how often it was met, and which parts of the parameters were looked at. */
export const hypothesesMarkup = (result: RevisionResult): string => {
  const { coverage, judgement, extent } = result;
  const lines = hypothesisLines(result).map(
    ([label, content]) => `${label === '' ? '' : `${label}: `}${content.trim()}`,
  );
  const covered = coverage.map(({ stratum, instances, reachable }) =>
    say('li', `${stratum}: ${reachable ? plural(instances, 'instance') : 'out of the given ranges'}`),
  );
  return [
    say('h3', 'Hypotheses and scope'),
    ...(lines.length === 0 ? [] : [el('ul', { class: 'plain' }, ...lines.map(hypothesisItem))]),
    ...(extent === undefined ? [] : [say('p', `Tried at ${extentText(extent)}.`)]),
    ...(covered.length === 0
      ? []
      : [say('p', 'Instances by part of the parameters:'), el('ul', { class: 'inline' }, ...covered)]),
    ...(judgement.missing.length === 0
      ? []
      : [say('p', 'Missing:'), el('ul', {}, ...judgement.missing.map((x) => say('li', x)))]),
  ].join('');
};
