/** All checks, in the order of a report. A check that is not listed here does not exist. */
import type { ClaimCheck } from './claim/context.js';
import { casesCheck } from './claim/cases.js';
import { chainEqualityCheck, chainStepsCheck } from './claim/chain-proof.js';
import { parametrisationCheck } from './claim/parametrisation.js';
import { symbolicSpectrumCheck } from './claim/spectrum.js';
import { criticalPointsCheck, symbolicStationarityCheck, symbolicValueCheck } from './claim/stationarity.js';
import { attainmentCheck, equalityCheck, identityCheck, signsCheck } from './claim/sum-of-squares.js';
import { thresholdsCheck } from './claim/thresholds.js';
import { chainCheck } from './measured/chain.js';
import { numericConclusionsCheck, numericStationarityCheck, numericValueCheck } from './measured/claim-point.js';
import type { MeasuredCheck } from './measured/context.js';
import { exactFamilyCheck } from './measured/exact-family.js';
import { kinksCheck } from './measured/kinks.js';
import { curvatureCheck, saddleCurvatureCheck } from './measured/curvature.js';
import { nullityCheck } from './measured/nullity.js';
import { spectrumCheck } from './measured/spectrum.js';
import { descentFormCheck, descentValueCheck, plantedCheck } from './measured/descent.js';
import { exactConclusionsCheck, exactStationarityCheck, exactValueCheck } from './measured/exact.js';

export const CLAIM_CHECKS: readonly ClaimCheck[] = [
  casesCheck,
  parametrisationCheck,
  symbolicStationarityCheck,
  symbolicValueCheck,
  thresholdsCheck,
  identityCheck,
  signsCheck,
  attainmentCheck,
  equalityCheck,
  chainStepsCheck,
  chainEqualityCheck,
  criticalPointsCheck,
  symbolicSpectrumCheck,
];

export const MEASURED_CHECKS: readonly MeasuredCheck[] = [
  exactStationarityCheck,
  exactValueCheck,
  exactConclusionsCheck,
  exactFamilyCheck,
  numericStationarityCheck,
  numericValueCheck,
  numericConclusionsCheck,
  kinksCheck,
  curvatureCheck,
  saddleCurvatureCheck,
  spectrumCheck,
  nullityCheck,
  descentValueCheck,
  descentFormCheck,
  plantedCheck,
  chainCheck,
];

/** Named like a check where checks are chosen: it asks about the hypotheses, and makes no evidence. */
export const NECESSITY = 'necessity';

export const CHECK_IDS: readonly string[] = [...CLAIM_CHECKS, ...MEASURED_CHECKS].map((x) => x.id);
