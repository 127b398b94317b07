/**
 * On which programmed names a statement depends, directly or by what it uses, with the source of all that assigns to
 * them. Where TeX programming decides what is printed, that source stands for what nobody but TeX can expand.
 */
import type { Assignments } from './assignments.js';

/** Sources in their order, by name. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

/** Beside names with their backslash: what may change the meaning of anything. */
const OF_ANYTHING = 'anything';
/** The conditionals around a statement. */
const AROUND = 'conditions';

/** What a statement uses without naming it: for its typesetting, in lists, and by what the normal form rewrites. */
const IMPLIED = (
  '@begintheorem @opargbegintheorem @endtheorem @thm @xthm @ythm par item @item labelitemi labelitemii labelenumi ' +
  'labelenumii theenumi theenumii prime ( ) [ ] textquotedblleft textquotedblright textquoteleft textquoteright ' +
  "textendash textemdash textellipsis ` ' ^ ~"
).split(' ');

/** `around` are the conditionals around the statement, as source. */
export const dependenciesOf = (
  names: ReadonlySet<string>,
  around: readonly string[],
  { of, programmed, ofAnything }: Assignments,
): Dependencies => {
  const found = new Map<string, readonly string[]>();
  if (around.length > 0) found.set(AROUND, around);
  if (ofAnything.length > 0) found.set(OF_ANYTHING, ofAnything.map((x) => x.text));
  // Of a name that is met in source which nothing replaces, the definition counts as source, too.
  const unread = new Set<string>();
  const note = (to: Set<string>, uses: Iterable<string>): void => {
    for (const x of uses) to.add(x);
  };
  for (const { uses } of ofAnything) note(unread, uses);
  for (const text of around) note(unread, [...text.matchAll(/\\([A-Za-z@]+)/g)].map((x) => x[1] ?? ''));
  note(unread, IMPLIED);
  for (const name of names) unread.add(`end${name}`);
  // Sets that grow while they are read are read to their end.
  const replaced = new Set<string>(names);
  for (const name of replaced) {
    if (programmed.has(name)) unread.add(name);
    else for (const { uses } of of.get(name) ?? []) note(replaced, uses);
  }
  for (const name of unread) {
    const assignments = of.get(name) ?? [];
    for (const { uses } of assignments) note(unread, uses);
    if (assignments.length > 0) found.set(`\\${name}`, assignments.map((x) => x.text));
  }
  return Object.fromEntries(found);
};
