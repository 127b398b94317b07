/** A report on theorems and lemmas of whom every text is an attack, for the tests of pages. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { certifiedEvidence } from '../../src/check/certified.js';
import { examine } from '../check/run.js';
import { illustrate } from '../../src/check/illustrate.js';
import type { DescentMap } from '../../src/check/vacuity/place.js';
import { verifyLemma } from '../../src/check/lemma/verify.js';
import { lemmaRanges } from '../../src/cli/instance-options.js';
import { parseSizeRange } from '../../src/cli/ranges.js';
import type { Report } from '../../src/report/reporters.js';
import type { Paper } from '../../src/theorem/contract.js';
import { paper, theorem } from '../../src/theorem/define.js';
import { lemma } from '../../src/theorem/lemma/define.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { theorem42 } from '../../theorems/tirer-bruna-2022/theorem-4.2.js';
import { classAveraging } from '../../theorems/tirer-bruna-2022/lemmas.js';

export const ATTACK =
  `"'></title></style></math></svg><script>window.hacked = true</script>` + '<img src=x onerror="hacked=1">&amp;';

const hostilePaper: Paper = paper({ id: 'hostile', title: ATTACK, authors: ATTACK, reference: ATTACK });

const CERTIFICATE = fileURLToPath(
  new URL('../fixtures/certificates/relu-enlarges-nuclear-norm.json', import.meta.url),
);

const TINY = {
  K: parseSizeRange('K', '2..3'),
  d: parseSizeRange('d', 'K..K+1'),
  n: parseSizeRange('n', '1..2'),
  lambda: {},
};

/** A map with everything that one can show. */
const MAP: DescentMap = {
  hypothesis: { id: 'H*', text: ATTACK },
  classes: [2, 3, 4, 5, 6, 7, 8],
  ranges: [{ from: '12/25', to: '1/2' }, { from: '1/2', to: '1/2' }, { from: '1/2', to: '13/25' }, { from: '1' }],
  cells: [
    {
      K: 3,
      range: { from: '12/25', to: '1/2' },
      instances: 2,
      runs: 20,
      counts: { above: 5, within: 14, below: 1 },
      lower: 0,
      againstPrice: 0,
      beaten: 0,
      lowest: { gap: 0, rounding: 1e-16, excess: 'within' },
    },
    {
      K: 8,
      range: { from: '1/2', to: '13/25' },
      instances: 1,
      runs: 10,
      counts: { above: 1, within: 9, below: 0 },
      lower: 1,
      againstPrice: 0,
      beaten: 1,
      lowest: { gap: -1e-3, rounding: 1e-16, excess: 'above' },
    },
  ],
};

/** Theorem 3.1, Theorem 4.2 with a map, and a lemma under hostile names; a certificate and figures are there. */
export const hostileReport = async (): Promise<Report> => {
  const named = theorem({
    ...theorem31,
    paper: hostilePaper,
    title: ATTACK,
    source: ATTACK,
    provenance: { kind: 'reconstructed', from: ATTACK },
    revisions: theorem31.revisions.map((x) => ({
      ...x,
      cases: x.cases.map((c) => ({
        ...c,
        conclusions: c.conclusions.map((y) => ({ ...y, title: ATTACK })),
        ...(c.chain === undefined ? {} : { chain: c.chain.map((y) => ({ ...y, title: ATTACK, because: ATTACK })) }),
      })),
    })),
  });
  const only = ['identity', 'numeric-value', 'descent-value', 'spectrum', 'chain'];
  const evidence = certifiedEvidence(readFileSync(CERTIFICATE, 'utf8'), {
    statement: ATTACK,
    instance: { K: 3, n: 1, d: 3, lambda: {} },
    kind: 'inequality',
    // It says nothing of Theorem 3.1: pages are what is tested.
    speaksOf: () => undefined,
    reproduce: `npx ufm-check ${ATTACK}`,
  });
  if (!('check' in evidence)) throw new Error(evidence.reason);
  const examined = await examine(named, { ranges: TINY, trials: 2, starts: 2, only });
  const result = { ...examined, evidence: [...examined.evidence, evidence] };
  const averaging = lemma({
    ...classAveraging,
    paper: hostilePaper,
    title: ATTACK,
    source: ATTACK,
    provenance: { kind: 'reconstructed', from: ATTACK },
    because: ATTACK,
  });
  const ranges = lemmaRanges(averaging, { lambdas: {} }, true);
  const judged = await verifyLemma(averaging, { ranges, trials: 1, least: 1, seed: 1 });
  const two = theorem({
    ...theorem42,
    paper: hostilePaper,
    revisions: theorem42.revisions.map((x) => ({
      ...x,
      ...(x.ofMinimizer === undefined ? {} : { ofMinimizer: x.ofMinimizer.map((y) => ({ ...y, title: ATTACK })) }),
    })),
  });
  const twoLayers = await examine(two, { ranges: TINY, trials: 2, starts: 2, only: ['descent-value'] });
  const picture = illustrate(result.target.revision, TINY, 1);
  return {
    header: {
      version: '0.0.0',
      seed: 1,
      command: `npx ufm-check verify --theorems ${ATTACK}`,
      interrupted: false,
      notReached: [],
      workers: 1,
      timing: { elapsedMs: 1 },
    },
    results: [result, { ...twoLayers, map: MAP }],
    lemmas: [judged],
    ...(picture === undefined ? {} : { illustrations: new Map([[result.target, picture]]) }),
  };
};
