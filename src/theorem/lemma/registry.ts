/** Which lemmas there are, and how a user names them: `lemma:relu-nuclear-norm`, with the paper in front if need be. */
import { UsageError } from '../../errors.js';
import { type Lemma, fullLemmaId } from './contract.js';
import { isLemma } from './define.js';

/** Whether a name that a user typed means a lemma. */
export const namesLemma = (name: string): boolean => /(^|\/)lemma:/.test(name);

/** `lemma:relu-nuclear-norm`; with the paper in front where another lemma of the registry shares the short name. */
export const lemmaName = (lemma: Lemma, registry?: ReadonlyMap<string, Lemma>): string => {
  const others = [...(registry?.values() ?? [])].filter((x) => x !== lemma);
  return others.some((x) => x.id === lemma.id) ? fullLemmaId(lemma) : `lemma:${lemma.id}`;
};

/** The lemmas among the exports of a module; there may be none. */
export const lemmasOf = (exports: Readonly<Record<string, unknown>>): Lemma[] => {
  const found = Object.values(exports)
    .flatMap((value): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isLemma);
  return [...new Set(found)];
};

/** All lemmas by full id. @throws UsageError where two share one id */
export const lemmaRegistry = (lemmas: readonly Lemma[]): ReadonlyMap<string, Lemma> => {
  const byId = new Map<string, Lemma>();
  for (const lemma of lemmas) {
    const id = fullLemmaId(lemma);
    if (byId.has(id)) throw new UsageError(`two lemmas are called ${id}`, 'Give one another id.');
    byId.set(id, lemma);
  }
  return byId;
};

/** The lemma of a name. @throws UsageError for an unknown or ambiguous one */
export const findLemma = (registry: ReadonlyMap<string, Lemma>, name: string): Lemma => {
  const matches = [...registry.values()].filter((x) => {
    const full = fullLemmaId(x);
    return full === name || full.endsWith(`/${name}`);
  });
  const [found, other] = matches;
  if (found === undefined) {
    const known = [...registry.values()].map((x) => lemmaName(x, registry)).join(', ');
    throw new UsageError(`there is no "${name}"`, `Known: ${known}. List them with: ufm-check list`);
  }
  if (other !== undefined) {
    throw new UsageError(`"${name}" is ambiguous: ${matches.map(fullLemmaId).join(', ')}`, 'Give the full id.');
  }
  return found;
};
