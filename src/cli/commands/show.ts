/** `ufm-check show`: a statement, its construction and its proof. */
import { statementLatex, statementText } from '../../report/statement.js';
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
  const { registry } = await loadTheorems(args.modules);
  const targets = findTargets(registry, args.theorems, args.revision);
  const write = args.latex ? statementLatex : statementText;
  io.out(targets.map(({ theorem, revision }) => write(theorem, revision)).join('\n\n'));
  return 0;
};
