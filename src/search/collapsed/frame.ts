/** The value of the claimed orthogonal frames in the reduced two-layer model. */

/**
 * The amplitude a ≥ 0 that minimizes φ(a) = 1/(1 + a²) + μa, and the value there; 2K f of a frame is K·φ(a). For μ ≥ ½
 * it is a = 0 (at ½, a = 1 is as good); below, φ′(a) = μ − 2a/(1 + a²)² has its last zero between 1, where it is μ − ½,
 * and (2/μ)^⅓, where it is positive.
 */
export function bestFrame(mu: number): { readonly amplitude: number; readonly value: number } {
  if (mu >= 0.5) return { amplitude: 0, value: 1 };
  let low = 1;
  let high = Math.cbrt(2 / mu);
  for (let step = 0; step < 60; step++) {
    const a = (low + high) / 2;
    if (mu * (1 + a * a) ** 2 < 2 * a) low = a;
    else high = a;
  }
  return { amplitude: high, value: 1 / (1 + high * high) + mu * high };
}
