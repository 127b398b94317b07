/** `ufm-check show`: a statement, its construction and its proof. */
import { statementLatex, statementText } from '../../report/statement.js';
import { lemmaStatementLatex, lemmaStatementText } from '../../report/lemma.js';
import { findLemma, namesLemma } from '../../theorem/lemma/registry.js';
import { findTargets } from '../../theorem/registry.js';
import type { Io } from '../io.js';
import { loadTheorems } from '../modules.js';

export interface ShowArguments {
  readonly theorems: readonly string[];
  readonly revision: string;
  readonly latex: boolean;
  readonly modules: readonly string[];
}

export const show = async (args: ShowArguments, io: Io): Promise<number> => {
  const { registry, lemmas } = await loadTheorems(args.modules);
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
