/** What the figures that `inspect` prints about a point amount to, and what to do next. */
import type { InspectedHypothesis } from '../check/inspect/hypotheses.js';
import type { Inspection, Keeping } from '../check/inspect/inspect.js';

/** Options that fix this instance, to be pasted after a command. */
export type NextCommands = Readonly<Record<'search' | 'verify', (target: string) => string>>;

/** Whether a descent from the point contradicts the theorem although the point does not. */
export const descentContradicts = ({ descent, hypotheses }: Inspection): boolean =>
  descent?.standing.height === 'below' &&
  descent.standing.accountable &&
  hypotheses.every((x) => x.of === 'minimizer' || x.holds === true);

/** Of a point within reach of the claimed value: as claimed only if it meets, is and has all that is claimed. */
const reachedText = (inspection: Inspection, goesOn: string): string => {
  const { standing, conclusions, hypotheses, target, gradient } = inspection;
  const named = (of: readonly InspectedHypothesis[]): string => of.map((x) => x.id ?? x.statement).join(', ');
  const failing = hypotheses.filter((x) => x.holds === false);
  const open = hypotheses.filter((x) => x.holds === undefined);
  const of = (keeping: Keeping) => conclusions.filter((x) => x.keeping === keeping).map((x) => x.conclusion);
  const [broken, unclaimed] = [of('broken'), of('not claimed')];
  const near = standing.height === 'at' ? 'at the claimed value' : 'within reach of the claimed value';
  if (failing.length > 0) {
    const critical = gradient.vanishes ? '' : ` (nor is it critical${goesOn})`;
    return `${near}, but the point breaks ${named(failing)}: theorem ${target} claims nothing of it${critical}`;
  }
  if (broken.length > 0) {
    return `${near}, with ${broken.join(', ')} broken: whether it is a minimizer cannot be told here`;
  }
  if (!gradient.vanishes) return `${near}, but not critical to rounding, and so no minimizer${goesOn}`;
  if (unclaimed.length > 0) {
    return `${near}; whether ${unclaimed.join(', ')} should hold of this point is left open, so nothing is concluded`;
  }
  const accuracy = standing.height === 'at' ? '' : ', to the accuracy that its loss has';
  const unless = open.length === 0 ? '' : `, if it meets ${named(open)}, which floating point does not decide here`;
  return `as theorem ${target} claims it of a global minimizer${accuracy}${unless}`;
};

/** What the figures amount to, and what to do next. */
export const adviceOf = (inspection: Inspection, next: NextCommands): readonly string[] => {
  const { standing, contradiction, contradicts, hypotheses, target, gradient, descent } = inspection;
  const failed = hypotheses.filter((x) => x.of === 'instance' && x.holds === false);
  const [first] = contradicts;
  const denied =
    first === undefined
      ? []
      : [
          `it is what ${contradicts.join(' and ')} ${contradicts.length === 1 ? 'denies' : 'deny'}; ` +
            `hunt a certificate at this instance: ${next.search(first)}`,
        ];
  if (failed.length > 0) {
    return [`theorem ${target} claims nothing here: ${failed.map((x) => x.statement).join(', ')} fails`, ...denied];
  }
  if (contradiction !== undefined) {
    return [
      `this point contradicts theorem ${target}: ${contradiction}`,
      `floating point refutes nothing; hunt a certificate at this instance: ${next.search(target)}`,
      ...denied,
    ];
  }
  if (descentContradicts(inspection)) {
    return [
      `a descent from this point ends below the claimed minimum of theorem ${target}`,
      `hunt a certificate at this instance: ${next.search(target)}`,
    ];
  }
  if (standing.height === 'below' || standing.height === 'priced') {
    const ofMinimizer = hypotheses.filter((x) => x.of === 'minimizer' && x.holds !== true);
    const broken = ofMinimizer.filter((x) => x.holds === false);
    const which = (broken.length > 0 ? broken : ofMinimizer).map((x) => x.id ?? x.statement).join(', ');
    const priced = standing.height === 'priced' && broken.length > 0;
    return [
      priced
        ? `no contradiction: the point breaks ${which}, and theorem ${target} speaks of minimizers that meet it`
        : `whether this contradicts theorem ${target} depends on ${which}, which floating point does not decide here`,
      ...(priced
        ? [`if the theorem is true, no global minimizer of this instance meets ${which}: it is vacuous here`]
        : []),
      ...denied,
    ];
  }
  const goesOn = descent === undefined ? '' : ': the descent shows where it leads';
  if (standing.reached) {
    return [reachedText(inspection, goesOn), `whether anything lies below: ${next.verify(target)}`, ...denied];
  }
  return [
    gradient.vanishes
      ? 'a critical point above the claimed value: no global minimizer, if the theorem is true; start elsewhere'
      : `not critical to rounding${goesOn}; the conclusions are claimed of global minimizers only`,
    ...denied,
  ];
};
