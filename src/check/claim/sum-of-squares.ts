/** The four parts of a sum-of-squares proof, each its own check. */
import type { Proposition } from '../../symbolic/expression.js';
import { toText } from '../../symbolic/print.js';
import type { SquaresFindings } from '../../symbolic/sum-of-squares.js';
import type { Case, Revision } from '../../theorem/contract.js';
import type { Finding } from '../evidence.js';
import { examineProof, parametrisationOf } from '../proof.js';
import { identityWitness } from './identity-witness.js';
import {
  type ClaimCheck,
  type ClaimContext,
  conclusionText,
  inWords,
  remainderText,
  symbolicFinding,
} from './context.js';

const eachProof = (
  check: string,
  context: ClaimContext,
  report: (home: Case, findings: SquaresFindings) => Finding[],
): Finding[] =>
  context.revision.cases.flatMap((home) =>
    inWords(check, context, home.id, () => {
      const findings = examineProof(context.revision, home);
      return findings === undefined ? [] : report(home, findings);
    }).map((finding) => ({ ...finding, aboutProof: true })),
  );

const identityText = ({ value, proof }: Case): string =>
  `f = ${toText(value)} + ${Object.entries(proof?.squares ?? {})
    .map(([name, { coefficient }]) => `(${toText(coefficient)})·‖${name}‖²`)
    .join(' + ')}`;

export const identityCheck: ClaimCheck = {
  id: 'identity',
  title: 'the sum-of-squares identity holds for all matrices',
  run: (context) =>
    eachProof(identityCheck.id, context, (home, { identity }) => {
      const base = { part: home.id, statement: identityText(home), aboutProof: true };
      // The same identity at random rational matrices, by arithmetic that shares nothing with the words.
      const witness = identityWitness(context.revision, home, identity.length === 0);
      if (identity.length === 0) return [symbolicFinding(identityCheck.id, context, { ...base, outcome: 'pass' })];
      return [
        symbolicFinding(identityCheck.id, context, {
          ...base,
          outcome: witness === undefined ? 'inconclusive' : 'fail',
          detail: `left over: ${remainderText(identity)}${witness === undefined ? '' : `; at ${witness}`}`,
        }),
      ];
    }),
};

/** One finding in place of many: without a parametrisation hardly a sign can be read off. */
const withoutGenerators = (context: ClaimContext, home: Case): Finding =>
  symbolicFinding(signsCheck.id, context, {
    part: home.id,
    statement: `signs of coefficients and divisors when ${toText(home.when)}`,
    outcome: 'inconclusive',
    aboutProof: true,
    detail: 'signs are read off the generators of a parametrisation, which the module does not give',
  });

export const signsCheck: ClaimCheck = {
  id: 'signs',
  title: 'every coefficient is non-negative in its case',
  run: (context) =>
    eachProof(signsCheck.id, context, (home, { signs }) => {
      const bare = parametrisationOf(context.revision, home) === undefined;
      const isOpen = (x: (typeof signs)[number]): boolean => bare && !x.holds && x.sign === 'unknown';
      return [
        ...signs
          .filter((x) => !isOpen(x))
          .map(({ what, value, sign, required, holds }) =>
            symbolicFinding(signsCheck.id, context, {
              part: home.id,
              statement: `${what}: ${value} is ${required} when ${toText(home.when)}`,
              outcome: holds ? 'pass' : sign === 'unknown' ? 'inconclusive' : 'fail',
              aboutProof: true,
              ...(holds ? {} : { detail: `its sign there: ${sign}` }),
            }),
          ),
        ...(signs.some(isOpen) ? [withoutGenerators(context, home)] : []),
      ];
    }),
};

/** Frames whose existence no hypothesis grants: R ∈ ℝ^{rows×cols} with RᵀR = I needs rows ≥ cols. */
export const ungrantedFrames = ({ hypotheses }: Revision, home: Case): string[] => {
  const granted = [...hypotheses, home.when].flatMap(conjuncts);
  return (home.minimizer.frames ?? [])
    .filter(({ rows, cols }) => rows !== cols)
    .filter(
      ({ rows, cols }) =>
        !granted.some(
          (h) =>
            ((h.kind === 'leq' || h.kind === 'lt') && isSize(h.left, cols) && isSize(h.right, rows)) ||
            ((h.kind === 'geq' || h.kind === 'gt') && isSize(h.left, rows) && isSize(h.right, cols)),
        ),
    )
    .map(({ text, rows, cols }) => `${text} needs ${rows} ≥ ${cols}`);
};

const conjuncts = (h: Proposition): Proposition[] => (h.kind === 'and' ? h.parts.flatMap(conjuncts) : [h]);

const isSize = (node: { readonly kind: string; readonly name?: string }, name: string): boolean =>
  node.kind === 'symbol' && node.name === name;

export const attainmentCheck: ClaimCheck = {
  id: 'attainment',
  title: 'the construction exists and makes every square zero',
  run: (context) =>
    eachProof(attainmentCheck.id, context, (home, { attainment }) => {
      const missing = ungrantedFrames(context.revision, home);
      return [
        ...attainment.map(({ square, remainder }) =>
          symbolicFinding(attainmentCheck.id, context, {
            part: home.id,
            statement: `${square} = 0 at the construction`,
            outcome: remainder.length === 0 ? 'pass' : 'fail',
            aboutProof: true,
            ...(remainder.length === 0 ? {} : { detail: `left over: ${remainderText(remainder)}` }),
          }),
        ),
        symbolicFinding(attainmentCheck.id, context, {
          part: home.id,
          statement: 'the construction exists under the hypotheses',
          outcome: missing.length === 0 ? 'pass' : 'fail',
          aboutProof: true,
          ...(missing.length === 0 ? {} : { detail: missing.join('; ') }),
        }),
      ];
    }),
};

const unknown = (signs: SquaresFindings['signs']): boolean => signs.some((x) => x.sign === 'unknown');

export const equalityCheck: ClaimCheck = {
  id: 'equality',
  title: 'every conclusion follows from the squares being zero',
  run: (context) =>
    eachProof(equalityCheck.id, context, (home, { equality, signs }) =>
      equality.map(({ conclusion, remainder, defect }) => {
        const cofactor = home.proof?.cofactors[conclusion];
        const statement = home.conclusions.find((x) => x.id === conclusion)?.statement;
        const problem = defect ?? (remainder.length === 0 ? undefined : `left over: ${remainderText(remainder)}`);
        return symbolicFinding(equalityCheck.id, context, {
          part: home.id,
          statement: `${conclusionText(conclusion, statement)}: the difference is ${
            cofactor === undefined ? '?' : toText(cofactor)
          }`,
          // Where a sign is unknown, which squares must vanish is unknown too.
          outcome: problem === undefined ? 'pass' : remainder.length === 0 && unknown(signs) ? 'inconclusive' : 'fail',
          aboutProof: true,
          ...(problem === undefined ? {} : { detail: problem }),
        });
      }),
    ),
};
