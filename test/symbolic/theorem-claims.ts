/** The theorems of one layer as claims for the examiners, taken from the modules' own data; 3.1 by default. */
import * as B from '../../src/symbolic/build.js';
import type { Scalar } from '../../src/symbolic/expression.js';
import type { SquaresClaim, SquaresFindings } from '../../src/symbolic/sum-of-squares.js';
import type { Case, Revision, Theorem } from '../../src/theorem/contract.js';
import { theorem32Ridge } from '../../theorems/tirer-bruna-2022/theorem-3.2-ridge.js';
import { theorem32 } from '../../theorems/tirer-bruna-2022/theorem-3.2.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';

const [revision] = theorem31.revisions;
export const { problem } = revision;
export const lambda = problem.lambda as Readonly<Record<'W' | 'H', Scalar>>;

const parametersIn = ({ parametrisation }: Revision): ReadonlyMap<string, Scalar> =>
  new Map(Object.entries(parametrisation?.parameters ?? {}).map(([name, value]) => [`lambda_${name}`, value]));

/** λ's by symbol name, in terms of the generators s and c. */
export const parameters = parametersIn(revision);
export const generators = revision.parametrisation?.generators ?? [];
export const criticalPoints = revision.criticalPoints ?? [];

const claimIn = (home: Revision, { when, value, minimizer, conclusions, proof }: Case): SquaresClaim => ({
  blocks: home.problem.blocks,
  objective: home.problem.objective,
  parameters: parametersIn(home),
  when,
  value,
  squares: proof?.squares ?? {},
  frames: minimizer.frames ?? [],
  construction: minimizer.blocks,
  conclusions: conclusions.map(({ id, statement }) => ({ id, left: statement.left, right: statement.right })),
  cofactors: proof?.cofactors ?? {},
});

export const claimOf = (home: Case): SquaresClaim => claimIn(revision, home);

/** Every case of every theorem of one layer: seven identities. */
export const claims = [theorem31, theorem32, theorem32Ridge].flatMap(({ id, revisions }: Theorem) =>
  revisions.flatMap((home) => home.cases.map((c) => [`${id}, case ${c.id}`, claimIn(home, c)] as const)),
);

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
