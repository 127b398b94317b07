/** The proofs by chains of the shipped theorems, one case each, and every way to damage them in one place. */
import * as shipped from '../../../theorems/index.js';
import { certificateOf, doubled } from './examples.js';

export interface LooseChain {
  [key: string]: unknown;
  cases: LooseChainCase[];
}

export interface LooseUse {
  [key: string]: unknown;
  lemma: string;
  fact?: string;
}

export interface LooseChainCase {
  [key: string]: unknown;
  id: string;
  where: Record<string, string>;
  value: string;
  chain: { id: string; bound: Record<string, string>; by: LooseUse[] }[];
  derivations: { id: string; rule: string }[];
  frames: Record<string, string>;
  construction: Record<string, Record<string, string>>;
  conclusions: { id: string }[];
}

const { theorem41, theorem42 } = shipped;

/** The whole certificates. */
export const CHAINS = [theorem41, theorem42].map((theorem) => ({ id: theorem.id, text: certificateOf(theorem) }));

export const chainOf = (id: string): string => CHAINS.find((x) => x.id === id)!.text;

/** The text after a change of its document. */
export function changed(text: string, change: (document: LooseChain) => void): string {
  const document = JSON.parse(text) as LooseChain;
  change(document);
  return JSON.stringify(document);
}

/** Each case alone is a proof too. */
export const CASES = CHAINS.flatMap(({ id, text }) =>
  (JSON.parse(text) as LooseChain).cases.map((home) => ({
    id: `${id}, case ${home.id}`,
    text: changed(text, (x) => {
      x.cases = [home];
    }),
  })),
);

export interface Damaged {
  readonly name: string;
  readonly text: string;
}

interface Place {
  readonly path: readonly string[];
  readonly text: string;
}

const LABELS = ['id', 'rule', 'lemma', 'fact', 'generator', 'projector'];

/** The letters that a rule about σ names. */
const isNames = (value: unknown): boolean => Array.isArray(value) || value === 'S';

/** Every formula of the case, by where it stands. */
const formulasIn = (value: unknown, path: readonly string[] = []): Place[] => {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key, each]) => !LABELS.includes(key) && key !== 'frames' && !(key === 'of' && isNames(each)))
    .flatMap(([key, each]) => formulasIn(each, [...path, key]));
};

const at = (document: LooseChain, path: readonly string[], text: string): void => {
  const holder = path.slice(0, -1).reduce<Record<string, unknown>>(
    (value, key) => value[key] as Record<string, unknown>,
    document.cases[0]!,
  );
  holder[path.at(-1)!] = text;
};

const negated = (text: string): string => {
  const [, above = text, below = ''] = /^\(([^()]*)\)(\/\([^()]*\))$/.exec(text) ?? [];
  const terms = above.replaceAll(' - ', ' + -').split(' + ');
  const turned = terms.map((x) => (x.startsWith('-') ? x.slice(1) : `-${x}`)).join(' + ');
  return below === '' ? turned : `(${turned})${below}`;
};

const isZero = (text: string): boolean => /^(0|\(0\)\/.*)$/.test(text);

/** Every formula doubled and of the other sign. */
export const damagedFormulas = (text: string): Damaged[] =>
  formulasIn((JSON.parse(text) as LooseChain).cases[0])
    .filter((place) => !isZero(place.text) && !place.text.startsWith('sqrt('))
    .flatMap(({ path, text: formula }) =>
      [doubled(formula), negated(formula)].map((other) => ({
        name: `${path.join('.')}: ${other}`,
        text: changed(text, (x) => {
          at(x, path, other);
        }),
      })),
    );

/** Steps dropped, exchanged and given for another reason; equations forgotten, renamed, derived by another rule. */
export const damagedStructure = (text: string): Damaged[] => {
  const [home] = (JSON.parse(text) as LooseChain).cases as [LooseChainCase];
  const damage = (name: string, change: (home: LooseChainCase) => void): Damaged => ({
    name,
    text: changed(text, (x) => {
      change(x.cases[0]!);
    }),
  });
  const lemmas = [...new Set(home.chain.flatMap(({ by }) => by.map((x) => x.lemma)))];
  return [
    ...home.chain.flatMap(({ id, by }, k) => [
      damage(`step ${id} dropped`, (x) => x.chain.splice(k, 1)),
      ...(k === 0
        ? []
        : [damage(`step ${id} before its turn`, (x) => x.chain.splice(k - 1, 0, ...x.chain.splice(k, 1)))]),
      ...by.flatMap(({ lemma, fact }, m) => [
        damage(`${lemma} of ${id} dropped`, (x) => x.chain[k]!.by.splice(m, 1)),
        damage(`${lemma} of ${id} twice`, (x) => x.chain[k]!.by.push(structuredClone(x.chain[k]!.by[m]!))),
        ...lemmas
          .filter((x) => x !== lemma)
          .map((other) =>
            damage(`${lemma} of ${id} called ${other}`, (x) => {
              x.chain[k]!.by[m]!.lemma = other;
            }),
          ),
        ...(fact === undefined
          ? []
          : [
              damage(`${fact} forgotten`, (x) => {
                delete x.chain[k]!.by[m]!.fact;
              }),
            ]),
      ]),
    ]),
    ...home.derivations.flatMap(({ id, rule }, k) => [
      damage(`${id} dropped`, (x) => x.derivations.splice(k, 1)),
      ...['combination', 'squares', 'root', 'duality']
        .filter((other) => other !== rule)
        .map((other) =>
          damage(`${id} by ${other}`, (x) => {
            x.derivations[k]!.rule = other;
          }),
        ),
    ]),
  ];
};
