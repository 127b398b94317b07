/** `ufm-check show`: a statement, its construction and its proof. */
import { statementLatex, statementText } from '../../report/statement.js';
import { lemmaStatementLatex, lemmaStatementText } from '../../report/lemma.js';
import { fullId } from '../../theorem/contract.js';
import { statementFingerprint } from '../../theorem/define.js';
import { fullLemmaId } from '../../theorem/lemma/contract.js';
import { lemmaFingerprint } from '../../theorem/lemma/define.js';
import { findLemma, namesLemma } from '../../theorem/lemma/registry.js';
import { findTargets } from '../../theorem/registry.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';

export interface ShowArguments {
  readonly theorems: readonly string[];
  readonly revision: string;
  readonly latex: boolean;
  readonly json: boolean;
  readonly modules: readonly string[];
}

export const show = async (args: ShowArguments, io: Io): Promise<number> => {
  const { registry, lemmas } = await loadTheorems(args.modules);
  const statements = (): object[] =>
    args.theorems.flatMap((name): object[] => {
      if (namesLemma(name)) {
        const lemma = findLemma(lemmas, name);
        return [
          {
            lemma: fullLemmaId(lemma),
            fingerprint: lemmaFingerprint(lemma),
            text: lemmaStatementText(lemma),
            latex: lemmaStatementLatex(lemma),
          },
        ];
      }
      return findTargets(registry, [name], args.revision).map(({ theorem, revision }) => ({
        theorem: fullId(theorem),
        revision: revision.id,
        status: revision.status,
        title: theorem.title,
        source: theorem.source,
        provenance: theorem.provenance,
        fingerprint: statementFingerprint(revision),
        text: statementText(theorem, revision),
        latex: statementLatex(theorem, revision),
      }));
    });
  if (args.json) {
    io.out(JSON.stringify({ format: 'ufm-check-statements/1', statements: statements() }, null, 2));
    return 0;
  }
  const write = args.latex ? statementLatex : statementText;
  const writeLemma = args.latex ? lemmaStatementLatex : lemmaStatementText;
  const texts = args.theorems.flatMap((name) =>
    namesLemma(name)
      ? [writeLemma(findLemma(lemmas, name))]
      : findTargets(registry, [name], args.revision).map(({ theorem, revision }) => write(theorem, revision)),
  );
  io.out(texts.join('\n\n'));
  return 0;
};
