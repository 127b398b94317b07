/** Pages about the shipped theorems and lemmas: the statement as a report shows it, the proof as `show` prints it. */
import * as shipped from '../../dist/theorems/index.js';
import { lemmaMarkup, statementMarkup } from '../../dist/src/report/html/statement.js';
import { escape, say, slug } from '../../dist/src/report/html/markup.js';
import { lemmaStatementText } from '../../dist/src/report/lemma.js';
import { statementLatex, statementText } from '../../dist/src/report/statement.js';
import { statementFingerprint } from '../../dist/src/theorem/define.js';
import { lemmaFingerprint } from '../../dist/src/theorem/lemma/define.js';
import { lemmasOf } from '../../dist/src/theorem/lemma/registry.js';
import { targetName, theoremsOf } from '../../dist/src/theorem/registry.js';

const listing = (title, text) =>
  `<details><summary>${escape(title)}</summary><pre tabindex="0"><code>${escape(text)}\n</code></pre></details>`;

const facts = (rows) =>
  `<dl class="facts">${rows.map(([name, text]) => `<dt>${escape(name)}</dt><dd>${escape(text)}</dd>`).join('')}</dl>`;

const revisionBody = (theorem, revision) => {
  const { status, expected } = revision;
  return [
    theorem.revisions.length === 1 ? '' : `<h2 id="${revision.id}">@${escape(revision.id)}, ${status}</h2>`,
    facts([
      ['expected verdict', expected],
      ['fingerprint', statementFingerprint(revision).slice(0, 12)],
      ['check it', `npx ufm-check verify ${theorem.id}@${revision.id}`],
    ]),
    statementMarkup(revision, targetName({ theorem, revision })),
    listing('With construction and proof, as text', statementText(theorem, revision)),
    listing('As LaTeX', statementLatex(theorem, revision)),
  ].join('\n');
};

const theoremPage = (theorem) => ({
  kind: 'theorem',
  name: `${theorem.id}  ${theorem.title}`,
  page: `theorems/${slug(theorem.id)}.html`,
  body: [
    say('h1', `${theorem.source}: ${theorem.title}`),
    say('p', `${theorem.paper.authors}, ${theorem.paper.title}, ${theorem.paper.reference}`),
    facts([
      ['provenance', `${theorem.provenance.kind}: ${theorem.provenance.from}`],
      ...(theorem.label === undefined ? [] : [['label in LaTeX', theorem.label]]),
    ]),
    // The current one first.
    ...[...theorem.revisions]
      .sort((a, b) => Number(b.status === 'current') - Number(a.status === 'current'))
      .map((x) => revisionBody(theorem, x)),
  ].join('\n'),
});

const lemmaPage = (lemma) => ({
  kind: 'lemma',
  name: lemma.title,
  page: `lemmas/${slug(lemma.id)}.html`,
  body: [
    say('h1', `Lemma: ${lemma.title}`),
    facts([
      ['where', lemma.source],
      ['provenance', `${lemma.provenance.kind}: ${lemma.provenance.from}`],
      ['expected verdict', lemma.expected],
      ['fingerprint', lemmaFingerprint(lemma).slice(0, 12)],
      ['check it', `npx ufm-check verify lemma:${lemma.id}`],
    ]),
    lemmaMarkup(lemma),
    listing('With its proof, as text', lemmaStatementText(lemma)),
  ].join('\n'),
});

export const theoremPages = () => [
  ...theoremsOf(shipped, 'ufm-check').map(theoremPage),
  ...lemmasOf(shipped).map(lemmaPage),
];
