/** Which theorems there are, and how a user names them. */
import { UsageError } from '../errors.js';
import { type Revision, type Theorem, fullId } from './contract.js';
import { isTheorem } from './define.js';
import { lemmasOf } from './lemma/registry.js';

/** One revision of one theorem, as the user asked for it. */
export interface Target {
  readonly theorem: Theorem;
  readonly revision: Revision;
  /** Whether another theorem of the run shares the short id, so that only the full one names this theorem. */
  readonly ambiguous?: boolean;
}

/** `3.1` for the only revision, `4.2@original` for one of several; with the paper in front where that is ambiguous. */
export const targetName = ({ theorem, revision, ambiguous = false }: Target): string => {
  const id = ambiguous ? fullId(theorem) : theorem.id;
  return revision.status === 'current' && theorem.revisions.length === 1 ? id : `${id}@${revision.id}`;
};

/** The theorems among the exports of a module. @throws UsageError if there is none, and no lemma either */
export const theoremsOf = (exports: Readonly<Record<string, unknown>>, source: string): Theorem[] => {
  const found = Object.values(exports)
    .flatMap((value): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isTheorem);
  if (found.length === 0 && lemmasOf(exports).length === 0) {
    throw new UsageError(`${source} exports no theorem`, 'Export what theorem({…}) returns.');
  }
  return [...new Set(found)];
};

/** All theorems by full id. @throws UsageError where two share one id */
export const registryOf = (theorems: readonly Theorem[]): ReadonlyMap<string, Theorem> => {
  const byId = new Map<string, Theorem>();
  for (const theorem of theorems) {
    const id = fullId(theorem);
    if (byId.has(id)) throw new UsageError(`two theorems are called ${id}`, 'Give one another id.');
    byId.set(id, theorem);
  }
  return byId;
};

/**
 * The targets that a list of names means: ids may be shortened while unambiguous, `id@revision` picks a revision.
 * Without names all theorems; `revisions` is 'current', 'all' or the id of one.
 *
 * @throws UsageError for an unknown or ambiguous name
 */
export const findTargets = (
  registry: ReadonlyMap<string, Theorem>,
  names: readonly string[],
  revisions: string,
): Target[] => {
  const known = [...registry.keys()].join(', ');
  const pick = (theorem: Theorem, wanted: string): Target[] => {
    const chosen = theorem.revisions.filter(
      (x) => wanted === 'all' || x.id === wanted || (wanted === 'current' && x.status === 'current'),
    );
    const ambiguous = [...registry.values()].some((x) => x !== theorem && x.id === theorem.id);
    return chosen.map((revision) => ({ theorem, revision, ...(ambiguous ? { ambiguous } : {}) }));
  };
  if (names.length === 0) {
    const targets = [...registry.values()].flatMap((theorem) => pick(theorem, revisions));
    if (targets.length === 0) {
      throw new UsageError(`no theorem has a revision "${revisions}"`, `List them with: ufm-check list`);
    }
    return targets;
  }
  return names.flatMap((name) => {
    const [id = '', revision, ...rest] = name.split('@');
    const matches = [...registry.values()].filter((x) => {
      const full = fullId(x);
      return full === id || full.endsWith(`/${id}`);
    });
    const [theorem, other] = matches;
    if (theorem === undefined || rest.length > 0) {
      throw new UsageError(`there is no theorem "${name}"`, `Known: ${known}. List them with: ufm-check list`);
    }
    if (other !== undefined) {
      throw new UsageError(`"${name}" is ambiguous: ${matches.map(fullId).join(', ')}`, 'Give the full id.');
    }
    const targets = pick(theorem, revision ?? revisions);
    if (targets.length === 0) {
      throw new UsageError(
        `theorem ${theorem.id} has no revision "${revision ?? revisions}"`,
        `It has: ${theorem.revisions.map((x) => x.id).join(', ')}.`,
      );
    }
    return targets;
  });
};
