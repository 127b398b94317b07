/**
 * The HTML report: one file that works offline and without scripts (its own policy forbids them). Everything that
 * comes from a module is escaped.
 */
import type { Evidence, Method } from '../../check/evidence.js';
import type { LemmaResult } from '../../check/lemma/verify.js';
import type { ProofStatus, Verdict } from '../../check/verdict.js';
import type { RevisionResult } from '../../check/verify.js';
import { statementFingerprint } from '../../theorem/define.js';
import { describeInstance } from '../../theorem/instance.js';
import { lemmaFingerprint } from '../../theorem/lemma/define.js';
import { targetName } from '../../theorem/registry.js';
import { plural, seconds } from '../figures.js';
import { lemmaAsExpected, lemmaVerdictText } from '../lemma.js';
import type { Report } from '../reporters.js';
import { asExpected, verdictText } from '../terminal.js';
import { countsText, endingText } from '../transcript.js';
import { evidenceTable, hypothesesMarkup, landingMarkup, stepsMarkup, violationsMarkup } from './evidence.js';
import { mapMarkup } from './map.js';
import { command, el, escape, leaf, say, scrolling, slug } from './markup.js';
import { illustrationPlots } from './plots.js';
import { prose } from './prose.js';
import { lemmaMarkup, squaresMarkup, statementMarkup } from './statement.js';
import { STYLE } from './style.js';

type Tone = 'good' | 'note' | 'warn' | 'bad';

const TONES: Readonly<Record<Verdict, Tone>> = {
  proved: 'good',
  upheld: 'note',
  vacuous: 'warn',
  inconclusive: 'warn',
  suspect: 'bad',
  refuted: 'bad',
};

const PROOF_TONES: Readonly<Record<ProofStatus['status'], Tone | 'plain'>> = {
  holds: 'good',
  tested: 'note',
  broken: 'bad',
  untested: 'plain',
};

const proofText = (proof: ProofStatus): string =>
  proof.status === 'broken' ? `proof broken: ${proof.at}` : `proof ${proof.status}`;

const METHODS: readonly Method[] = ['symbolic', 'exact', 'numeric'];

/** `12 symbolic`, … : how much of each kind of evidence passed. */
const methodChips = (evidence: readonly Evidence[]): string[] =>
  METHODS.flatMap((method) => {
    const all = evidence.filter((x) => x.method === method);
    const passed = all.filter((x) => x.outcome === 'pass').length;
    if (all.length === 0) return [];
    const count = passed === all.length ? String(passed) : `${passed} of ${all.length}`;
    return [el('li', {}, say('span', `${method} ${count}`, { class: `badge ${method}` }))];
  });

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly verdictLine: string;
  readonly expected: boolean;
  readonly proof: ProofStatus;
  readonly evidence: readonly Evidence[];
  readonly instances: number;
}

const chips = ({ verdict, verdictLine, proof, evidence, expected }: Entry): string =>
  el(
    'ul',
    { class: 'chips', 'aria-label': 'verdict and evidence' },
    el('li', {}, say('span', `${expected ? '✔' : '✘'} ${verdictLine}`, { class: `chip tone-${TONES[verdict]}` })),
    el(
      'li',
      {},
      say('span', proofText(proof), {
        class: PROOF_TONES[proof.status] === 'plain' ? 'chip quiet' : `chip tone-${PROOF_TONES[proof.status]}`,
      }),
    ),
    ...methodChips(evidence),
  );

const revisionEntry = (result: RevisionResult, index: number): Entry => {
  const { theorem, revision } = result.target;
  const name = targetName(result.target);
  return {
    id: `t${index}-${slug(name)}`,
    name,
    title: `${theorem.title}${revision.status === 'superseded' ? ' (superseded)' : ''}`,
    verdict: result.judgement.verdict,
    verdictLine: verdictText(result).split(' · ')[0] ?? '',
    expected: asExpected(result),
    proof: result.judgement.proof,
    evidence: result.evidence,
    instances: result.instances,
  };
};

const lemmaEntry = (result: LemmaResult, index: number): Entry => ({
  id: `l${index}-${slug(result.lemma.id)}`,
  name: result.name,
  title: result.lemma.title,
  verdict: result.judgement.verdict,
  verdictLine: lemmaVerdictText(result).split(' · ')[0] ?? '',
  expected: lemmaAsExpected(result),
  proof: result.judgement.proof,
  evidence: result.evidence,
  instances: result.instances,
});

const summaryRow = ({ id, name, title, verdict, verdictLine, expected, proof, instances }: Entry): string =>
  el(
    'tr',
    {},
    el(
      'th',
      { scope: 'row' },
      el('a', { href: `#${id}` }, escape(name)),
      '<br/>',
      say('span', title, { class: 'aside' }),
    ),
    el('td', {}, say('span', `${expected ? '✔' : '✘'} ${verdictLine}`, { class: `chip tone-${TONES[verdict]}` })),
    say('td', proof.status, { class: 'optional' }),
    say('td', String(instances), { class: 'number optional' }),
  );

const summaryTable = (entries: readonly Entry[], what: string): string =>
  entries.length === 0
    ? ''
    : scrolling(
        `summary of ${what}`,
        el(
          'table',
          { class: 'summary' },
          el(
            'thead',
            {},
            el(
              'tr',
              {},
              say('th', what, { scope: 'col' }),
              say('th', 'verdict', { scope: 'col' }),
              say('th', 'proof', { scope: 'col', class: 'optional' }),
              say('th', 'instances', { scope: 'col', class: 'number optional' }),
            ),
          ),
          el('tbody', {}, ...entries.map(summaryRow)),
        ),
      );

const claim = (entry: Entry, source: string, ...parts: readonly string[]): string =>
  el(
    'section',
    { class: `card claim tone-${TONES[entry.verdict]}`, id: entry.id, 'aria-labelledby': `${entry.id}-title` },
    say('p', source, { class: 'source' }),
    el('h2', { id: `${entry.id}-title` }, escape(`${entry.name}  ${entry.title}`)),
    chips(entry),
    ...parts,
  );

const moduloMarkup = (modulo: readonly string[]): string =>
  modulo.length === 0
    ? ''
    : el('p', {}, 'Rests on facts that are cited, not shown: ', modulo.map(escape).join(' · '), '.');

const opinions = ({ secondOpinions }: RevisionResult): string =>
  secondOpinions.length === 0
    ? ''
    : say(
        'p',
        `Second opinions: ${secondOpinions.map((x) => `${x.from}, ${x.confirmed} of ${x.of} ${x.about}`).join('; ')}.`,
        { class: 'aside' },
      );

const detailsOf = (title: string, content: string, open: boolean): string =>
  content === ''
    ? ''
    : `<details${open ? ' open="open"' : ''}>${el('summary', {}, escape(title))}${content}</details>`;

const revisionSection = (result: RevisionResult, entry: Entry, report: Report): string => {
  const { theorem, revision } = result.target;
  const { paper, provenance } = theorem;
  const illustration = report.illustrations?.get(result.target);
  const proof = revision.cases.map((home) => squaresMarkup(home, entry.name)).join('') + stepsMarkup(result);
  return claim(
    entry,
    `${theorem.source} · ${paper.authors}, ${paper.title}, ${paper.reference}`,
    say('p', `${provenance.kind}: ${provenance.from} · fingerprint ${statementFingerprint(revision).slice(0, 12)}`, {
      class: 'aside',
    }),
    moduloMarkup(result.modulo),
    statementMarkup(revision, entry.name),
    violationsMarkup(result.evidence, `certificate-${slug(entry.name)}`),
    ...(illustration === undefined
      ? []
      : [
          say('h3', 'Figures'),
          el(
            'p',
            { class: 'aside' },
            prose(`One instance looked at closely: ${describeInstance(illustration.instance)}.`),
          ),
          el('div', { class: 'plots' }, illustrationPlots(illustration)),
        ]),
    landingMarkup(result),
    mapMarkup(result),
    say('h3', 'Evidence'),
    opinions(result),
    evidenceTable(result.evidence.filter((x) => x.check !== 'chain'), entry.name),
    detailsOf('Proof', proof, entry.proof.status === 'broken'),
    hypothesesMarkup(result),
    // A passing check is repeated by the whole verification of this revision.
    command(result.evidence.find((x) => x.outcome === 'pass')?.reproduce ?? report.header.command),
  );
};

const lemmaSection = (result: LemmaResult, entry: Entry): string => {
  const { lemma, judgement, evidence, points } = result;
  const { kind, from } = lemma.provenance;
  return claim(
    entry,
    `${lemma.source} · ${lemma.paper.authors}, ${lemma.paper.reference}`,
    say('p', `${kind}: ${from} · fingerprint ${lemmaFingerprint(lemma).slice(0, 12)}`, { class: 'aside' }),
    moduloMarkup(judgement.modulo),
    lemmaMarkup(lemma),
    violationsMarkup(evidence, `certificate-${slug(lemma.id)}`),
    detailsOf(
      `Evidence: ${plural(points, 'point')} of ${plural(result.instances, 'instance')}`,
      evidenceTable(evidence, entry.name),
      judgement.verdict !== lemma.expected,
    ),
    ...(judgement.missing.length === 0
      ? []
      : [say('p', 'Missing:'), el('ul', {}, ...judgement.missing.map((x) => say('li', x)))]),
    command(result.command),
  );
};

const VERDICTS: readonly (readonly [string, string])[] = [
  ['proved', 'every conclusion follows from symbolic evidence valid for all parameters, and every measurement agrees'],
  ['proved modulo …', 'the same, but for textbook facts that are cited and named'],
  ['upheld', 'no check failed and none was left open, but there is no complete proof'],
  ['refuted', 'a violation with a certificate in rational numbers that the exact checker has accepted'],
  ['suspect', 'a measurement contradicts the statement, without a certificate'],
  ['vacuous', 'nothing that was tried meets the hypotheses'],
  ['inconclusive', 'something is missing, and the report says what'],
];

const legend = (): string =>
  detailsOf(
    'How to read this report',
    el('dl', { class: 'verdicts' }, ...VERDICTS.flatMap(([name, what]) => [say('dt', name), say('dd', what)])) +
      el(
        'p',
        {},
        'How something is known: ',
        '<span class="badge symbolic">symbolic</span> decided in the algebra of matrix words, for all K, n, d and λ; ',
        '<span class="badge exact">exact</span> in rational arithmetic at some instances; ',
        '<span class="badge numeric">numeric</span> in doubles, the worst figure beside a bound that is derived. ',
        'The proof has a status of its own: a broken proof refutes no statement.',
      ),
    false,
  );

const baselineMarkup = ({ file, differences, unexamined, notRecorded }: NonNullable<Report['baseline']>): string =>
  el(
    'section',
    { class: 'card drift', 'aria-labelledby': 'baseline' },
    el('h2', { id: 'baseline' }, 'Since the baseline'),
    say('p', `${file}: ${differences.length === 0 ? 'no difference' : plural(differences.length, 'difference')}`),
    el(
      'ul',
      { class: 'plain' },
      ...differences.map(({ claim, what, before, after }) =>
        el('li', {}, say('strong', claim), escape(` ${what}: `), say('del', before), ' → ', say('ins', after)),
      ),
    ),
    unexamined.length === 0 ? '' : say('p', `Recorded, and not looked at here: ${unexamined.join(', ')}.`),
    notRecorded ? say('p', 'The run was interrupted: nothing was recorded.') : '',
  );

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The whole page. */
export const renderHtml = (report: Report): string => {
  const { header, results, lemmas } = report;
  const theoremEntries = results.map(revisionEntry);
  const lemmaEntries = lemmas.map(lemmaEntry);
  const title = `ufm-check: ${endingText(report)}`;
  const papers = [...new Set([...results.map((x) => x.target.theorem.paper), ...lemmas.map((x) => x.lemma.paper)])];
  return [
    '<!doctype html>',
    el(
      'html',
      { lang: 'en' },
      el(
        'head',
        {},
        leaf('meta', { charset: 'utf-8' }),
        leaf('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
        leaf('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        leaf('meta', { name: 'generator', content: `ufm-check ${header.version}` }),
        say('title', title),
        `<style>${STYLE}</style>`,
      ),
      el(
        'body',
        {},
        el('a', { class: 'skip', href: '#main' }, 'To the results'),
        el(
          'header',
          { class: 'masthead' },
          say('h1', 'Verification report'),
          say('p', endingText(report), { class: 'ending' }),
          ...papers.map((x) => say('p', `${x.authors}: ${x.title} (${x.reference})`)),
          el(
            'ul',
            { class: 'facts' },
            el('li', {}, say('strong', countsText(report))),
            el('li', {}, 'seed ', say('strong', String(header.seed))),
            el('li', {}, 'ufm-check ', say('strong', header.version)),
            el('li', {}, say('strong', seconds(header.timing.elapsedMs))),
          ),
          command(header.command),
        ),

        el(
          'main',
          { id: 'main' },
          report.baseline === undefined ? '' : baselineMarkup(report.baseline),
          el(
            'section',
            { class: 'card', 'aria-labelledby': 'summary' },
            el('h2', { id: 'summary' }, 'Summary'),
            summaryTable(theoremEntries, 'theorem'),
            summaryTable(lemmaEntries, 'lemma'),
            legend(),
          ),
          ...results.map((x, k) => revisionSection(x, revisionEntry(x, k), report)),
          ...lemmas.map((x, k) => lemmaSection(x, lemmaEntry(x, k))),
        ),
        el(
          'footer',
          {},
          say('p', `Made by ufm-check ${header.version}. Every verdict says how it is known and how to see it again.`),
        ),
      ),
    ),
  ].join('\n');
};
