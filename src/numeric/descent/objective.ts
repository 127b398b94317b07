/** What descent needs of an objective; a `Model` is one. */
export interface Objective {
  readonly size: number;
  value(point: Float64Array): number;
  valueAndGradient(point: Float64Array, gradient: Float64Array): number;
  hessianVector(point: Float64Array, direction: Float64Array, out: Float64Array): void;
  /** Bounds on the rounding errors of value and gradient. */
  valueRoundingError(point: Float64Array): number;
  gradientRoundingError(point: Float64Array): number;
}

export const dot = (x: Float64Array, y: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k]! * y[k]!;
  return sum;
};

export const norm = (x: Float64Array): number => Math.sqrt(dot(x, x));

/** out = x + alpha·direction. */
export const step = (x: Float64Array, alpha: number, direction: Float64Array, out: Float64Array): void => {
  for (let k = 0; k < x.length; k++) out[k] = x[k]! + alpha * direction[k]!;
};

/** y += alpha·x. */
export const addScaled = (y: Float64Array, alpha: number, x: Float64Array): void => {
  for (let k = 0; k < y.length; k++) y[k]! += alpha * x[k]!;
};

/** A stage of a descent: where it is and what it cost. The point and gradient are the stage's own. */
export interface Stage {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly evaluations: number;
}

/** The stage at a start, before anything has moved. */
export const stageAt = (objective: Objective, start: Float64Array): Stage => {
  const point = start.slice();
  const gradient = new Float64Array(objective.size);
  const value = objective.valueAndGradient(point, gradient);
  return { point, gradient, value, gradientNorm: norm(gradient), iterations: 0, evaluations: 1 };
};
