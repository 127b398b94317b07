/**
 * What an accepted certificate shows, as one sentence.
 */
import * as scalar from '../rational.js';
import type { Rational } from '../rational.js';
import type { Certificate, ClaimedModel, FormClaim } from './schema.js';

/** The refuted claim, the instance, and the figures that refute it. */
export function sentenceOf(certificate: Certificate): string {
  const value = show(certificate.value);
  const bound = show(certificate.bound);
  const margin = show(certificate.margin);
  if (certificate.violation === 'inequality') {
    const { claim, X } = certificate;
    return (
      `It is false that ${normName(claim.left)} ≤ ${normName(claim.right)} for every real matrix X: at this ` +
      `${X.rows} x ${X.cols} matrix the left side is at least ${bound} and the right side at most ${value}; ` +
      `margin ${margin}.`
    );
  }

  const model = `For the ${modelName(certificate.claim.model)}`;
  if (certificate.violation === 'parametric') {
    const { claim, K, d } = certificate;
    const ratio = show(scalar.divide(certificate.value, certificate.bound));
    const more = d === K ? "d' ≥ K'" : `d' ≥ K' + ${d - K}`;
    return (
      `${model} with K = ${K}, d = ${d}, all n and all λ > 0, no non-zero global minimizer has ${formName(claim)}; ` +
      `nor with any K' ≥ ${K} and ${more} in place of K and d. Where κ = K³·n·λ_W2·λ_W1·λ_H1 ` +
      `is at most 1/16, zero is no global minimizer either. ` +
      `As κ tends to 0, the least objective of the pattern over that of frames tends to at most (${ratio})^(1/3).`
    );
  }
  const instance = instanceOf(certificate);
  const isFalse = `${model} with ${instance}, it is false that`;
  switch (certificate.violation) {
    case 'beaten': {
      const { claim } = certificate;
      if ('minimum' in claim) {
        return (
          `${isFalse} the minimum of the objective is ${bound}: at the point it is ${value}; margin ${margin}.`
        );
      }
      return claim.form === 'zero'
        ? `${isFalse} zero is a global minimizer: the objective is ${value} at the point and at least ${bound} at ` +
            `zero; margin ${margin}.`
        : `${isFalse} every non-zero global minimizer has ${formName(claim)}: the objective is ${value} at the ` +
            `point and at least ${bound} at zero and wherever that holds; margin ${margin}.`;
    }
    case 'wrong-form': {
      const { claim } = certificate;
      const all = claim.form === 'zero' ? 'every global minimizer' : 'every non-zero global minimizer';
      return (
        `${isFalse} ${all} has ${formName(claim)}: the least objective where that holds is ${bound}, and the ` +
        `point, where it does not hold, attains the same.`
      );
    }
    case 'not-stationary':
      return (
        `${isFalse} the point is a local minimizer: along the direction the objective begins to fall at the ` +
        `rate ${value}.`
      );
    case 'negative-curvature':
      return (
        `${isFalse} the point is a local minimizer: along the direction the second derivative of the objective ` +
        `is ${value}.`
      );
    case 'wrong-threshold': {
      const { claim } = certificate;
      const name = claim.parameter === 'c' ? 'c = K·√(n·λ_W·λ_H)' : 'κ = K³·n·λ_W2·λ_W1·λ_H1';
      const threshold = show(claim.threshold);
      return claim.says === 'zero-above'
        ? `${model} it is false that zero is a global minimizer whenever ${name} exceeds ${threshold}: it does ` +
            `with ${instance}, and there the objective is ${value} at the point and ${bound} at zero; ` +
            `margin ${margin}.`
        : `${model} it is false that zero is no global minimizer whenever ${name} is below ${threshold}: it is ` +
            `with ${instance}, and there zero is a global minimizer.`;
    }
  }
}

function modelName({ layers, activation, bias }: ClaimedModel): string {
  const depth = layers === 1 ? 'one-layer model' : `two-layer ${activation === 'relu' ? 'ReLU' : 'linear'} model`;
  return `${depth} ${bias === 'none' ? 'without bias' : bias === 'free' ? 'with a free bias' : 'with a ridge bias'}`;
}

function instanceOf({ problem }: Exclude<Certificate, { readonly violation: 'inequality' | 'parametric' }>): string {
  const lambdas = Object.entries(problem.lambda).map(([name, value]) => `λ_${name} = ${show(value)}`);
  return [`K = ${problem.K}`, `n = ${problem.classSizes[0]}`, `d = ${problem.widths[0]}`, ...lambdas].join(', ');
}

function formName(claim: FormClaim): string {
  if (claim.form === 'zero') return 'zero weights and features';
  const of = claim.of.replace('sigma', 'σ');
  const equal = claim.collapsed ? `columns of ${of} equal within each class, and ` : '';
  return claim.form === 'orthogonal-frame'
    ? `${equal}class means of ${of} that are orthogonal and of equal norm`
    : `${equal}class means of ${of} that form a simplex ETF`;
}

function normName(norm: string): string {
  return norm === 'nuclear(X)' ? '‖X‖_*' : '‖σ(X)‖_*';
}

/** p/q where that is short, and otherwise about what it is: the first eight significant digits, not rounded. */
export function show(value: Rational): string {
  const exact = scalar.format(value);
  if (exact.length <= 12) return exact;
  const digits = (scalar.absolute(value).numerator / value.denominator).toString().length;
  return digits > 12 ? scientific(value, digits - 1, 8) : decimal(value, 8);
}

/** A number of so many significant digits, cut off, and a power of ten: where zeros would hide all else. */
function scientific(value: Rational, place: number, significant: number): string {
  const power = scalar.rational(10n ** BigInt(Math.abs(place)));
  const shifted = place < 0 ? scalar.multiply(value, power) : scalar.divide(value, power);
  return `${decimal(shifted, significant)}e${place}`;
}

const SMALL = scalar.rational(1, 1000);

/**
 * A decimal of so many significant digits, cut off and not rounded, with "…" if it does not end there; below 1/1000
 * with a power of ten: 1.0129749…e-5.
 */
export function decimal(value: Rational, significant: number): string {
  const magnitude = scalar.absolute(value);
  const wholeDigits = (magnitude.numerator / magnitude.denominator).toString().length;
  // For a number below 1 the zeros behind the point are not significant; there are about this many.
  const zeros = scalar.compare(magnitude, scalar.ONE) < 0 && !scalar.isZero(magnitude)
    ? (magnitude.denominator / magnitude.numerator).toString().length - 1
    : -wholeDigits;
  if (!scalar.isZero(magnitude) && scalar.compare(magnitude, SMALL) < 0) {
    const isPower = magnitude.numerator === 1n && magnitude.denominator === 10n ** BigInt(zeros);
    return scientific(value, isPower ? -zeros : -zeros - 1, significant);
  }
  const places = Math.max(0, significant + zeros);
  const scaled = magnitude.numerator * 10n ** BigInt(places);
  const isCut = scaled % magnitude.denominator !== 0n;
  const digits = (scaled / magnitude.denominator).toString().padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places);
  const shown = isCut ? fraction : fraction.replace(/0+$/, '');
  const minus = scalar.sign(value) < 0 ? '-' : '';
  return `${minus}${digits.slice(0, digits.length - places)}${shown === '' ? '' : `.${shown}`}${isCut ? '…' : ''}`;
}
