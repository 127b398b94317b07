/** `ufm-check list`: theorems, revisions, provenance, hypotheses, conclusions. */
import { statementFingerprint } from '../../theorem/define.js';
import { fullId } from '../../theorem/contract.js';
import { toText } from '../../symbolic/print.js';
import { type Lemma, fullLemmaId } from '../../theorem/lemma/contract.js';
import { lemmaFingerprint } from '../../theorem/lemma/define.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';

export const list = async (
  args: { readonly modules: readonly string[]; readonly json: boolean },
  io: Io,
): Promise<number> => {
  const { registry, lemmas } = await loadTheorems(args.modules);
  const theorems = [...registry.values()];
  if (args.json) {
    const entries = theorems.flatMap((theorem) =>
      theorem.revisions.map((revision) => ({
        theorem: fullId(theorem),
        revision: revision.id,
        status: revision.status,
        expected: revision.expected,
        title: theorem.title,
        provenance: theorem.provenance,
        fingerprint: statementFingerprint(revision),
        hypotheses: revision.hypotheses.map(toText),
        ...(revision.ofMinimizer === undefined
          ? {}
          : { ofMinimizer: revision.ofMinimizer.map(({ id, statement }) => ({ id, statement: toText(statement) })) }),
        cases: revision.cases.map((c) => ({
          id: c.id,
          when: toText(c.when),
          value: toText(c.value),
          conclusions: c.conclusions.map((x) => ({ id: x.id, title: x.title, statement: toText(x.statement) })),
        })),
      })),
    );
    const document = { format: 'ufm-check-list/1', theorems: entries, lemmas: [...lemmas.values()].map(lemmaEntry) };
    io.out(JSON.stringify(document, null, 2));
    return 0;
  }
  for (const theorem of theorems) {
    io.out(`${fullId(theorem)}  ${theorem.title}`);
    io.out(`  ${theorem.provenance.kind}: ${theorem.provenance.from}`);
    for (const revision of theorem.revisions) {
      const print = statementFingerprint(revision).slice(0, 12);
      io.out(`  @${revision.id}  ${revision.status}, expected ${revision.expected}  [${print}]`);
      io.out(`    needs ${revision.hypotheses.map(toText).join(', ') || 'nothing'}`);
      for (const { id, statement } of revision.ofMinimizer ?? []) {
        io.out(`    of the minimizer (${id}) ${toText(statement)}`);
      }
      for (const c of revision.cases) {
        io.out(`    ${toText(c.when)}: f* = ${toText(c.value)}`);
        for (const x of c.conclusions) io.out(`      ${x.id}  ${toText(x.statement)}   (${x.title})`);
      }
    }
  }
  for (const lemma of lemmas.values()) {
    io.out(`${fullLemmaId(lemma)}  ${lemma.title}`);
    io.out(`  ${lemma.provenance.kind}: ${lemma.provenance.from}`);
    io.out(`  expected ${lemma.expected}  [${lemmaFingerprint(lemma).slice(0, 12)}]`);
    io.out(`    needs ${lemma.hypotheses.map(toText).join(', ') || 'nothing'}`);
    io.out(`    ${toText(lemma.statement)}`);
  }
  return 0;
};

const lemmaEntry = (lemma: Lemma): object => ({
  lemma: fullLemmaId(lemma),
  expected: lemma.expected,
  title: lemma.title,
  provenance: lemma.provenance,
  fingerprint: lemmaFingerprint(lemma),
  hypotheses: lemma.hypotheses.map(toText),
  statement: toText(lemma.statement),
});
