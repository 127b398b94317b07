/** A report on theorems and lemmas of whom every text is an attack, for the tests of pages. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { certifiedEvidence } from '../../src/check/certified.js';
import { examine } from '../check/run.js';
import { illustrate } from '../../src/check/illustrate.js';
import { verifyLemma } from '../../src/check/lemma/verify.js';
import { lemmaRanges } from '../../src/cli/instance-options.js';
import { parseSizeRange } from '../../src/cli/ranges.js';
import type { Report } from '../../src/report/reporters.js';
import type { Paper } from '../../src/theorem/contract.js';
import { paper, theorem } from '../../src/theorem/define.js';
import { lemma } from '../../src/theorem/lemma/define.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
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

/** Theorem 3.1 and a lemma under hostile names; a certificate and figures are there. */
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
    results: [result],
    lemmas: [judged],
    ...(picture === undefined ? {} : { illustrations: new Map([[result.target, picture]]) }),
  };
};
