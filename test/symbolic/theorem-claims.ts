/** Theorem 3.1 as claims for the examiners, taken from the module's own data. */
import * as B from '../../src/symbolic/build.js';
import type { Scalar } from '../../src/symbolic/expression.js';
import type { SquaresClaim, SquaresFindings } from '../../src/symbolic/sum-of-squares.js';
import type { Case } from '../../src/theorem/contract.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';

const [revision] = theorem31.revisions;
export const { problem } = revision;
export const lambda = problem.lambda as Readonly<Record<'W' | 'H', Scalar>>;

/** λ's by symbol name, in terms of the generators s and c. */
export const parameters: ReadonlyMap<string, Scalar> = new Map(
  Object.entries(revision.parametrisation?.parameters ?? {}).map(([name, value]) => [`lambda_${name}`, value]),
);
export const generators = revision.parametrisation?.generators ?? [];
export const criticalPoints = revision.criticalPoints ?? [];

export const claimOf = ({ when, value, minimizer, conclusions, proof }: Case): SquaresClaim => ({
  blocks: problem.blocks,
  objective: problem.objective,
  parameters,
  when,
  value,
  squares: proof?.squares ?? {},
  frames: minimizer.frames ?? [],
  construction: minimizer.blocks,
  conclusions: conclusions.map(({ id, statement }) => ({ id, left: statement.left, right: statement.right })),
  cofactors: proof?.cofactors ?? {},
});

export const [frameCase, zeroCase] = revision.cases;
export const frameClaim = claimOf(frameCase);
export const zeroClaim = claimOf(zeroCase);

/** c, s and ρ of the statement, written once more. */
export const c: Scalar = B.mul(B.K, B.sqrt(B.mul(B.n, lambda.W, lambda.H)));
export const s: Scalar = B.sqrt(B.div(B.mul(B.n, lambda.H), lambda.W));
export const rho: Scalar = B.mul(B.sub(1, c), B.sqrt(B.div(lambda.W, B.mul(B.n, lambda.H))));
export const R = B.frame('R', 'd', 'K');

/** The four parts of a proof, each true when nothing objects. */
export const verdicts = ({ identity, signs, attainment, equality }: SquaresFindings) => ({
  identity: identity.length === 0,
  signs: signs.every((each) => each.holds),
  attainment: attainment.every((each) => each.remainder.length === 0),
  equality: equality.every((each) => each.remainder.length === 0 && each.defect === undefined),
});

export const PROVED = { identity: true, signs: true, attainment: true, equality: true };
