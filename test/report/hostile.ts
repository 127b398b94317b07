/** A report on theorems and lemmas of whom every text is an attack, for the tests of pages. */
import { examine, SMALL } from '../check/run.js';
import { illustrate } from '../../src/check/illustrate.js';
import { verifyLemma } from '../../src/check/lemma/verify.js';
import { lemmaRanges } from '../../src/cli/instance-options.js';
import type { Report } from '../../src/report/reporters.js';
import type { Paper } from '../../src/theorem/contract.js';
import { paper, theorem } from '../../src/theorem/define.js';
import { lemma } from '../../src/theorem/lemma/define.js';
import { theorem31 } from '../../theorems/tirer-bruna-2022/theorem-3.1.js';
import { reluNuclearNorm } from '../../theorems/tirer-bruna-2022/lemmas.js';

export const ATTACK =
  `"'></title></style></math></svg><script>window.hacked = true</script>` + '<img src=x onerror="hacked=1">&amp;';

const hostilePaper: Paper = paper({ id: 'hostile', title: ATTACK, authors: ATTACK, reference: ATTACK });

/** Theorem 3.1 and the false lemma under hostile names; a certificate and figures are there. */
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
  const result = await examine(named, { ranges: SMALL, trials: 3, only });
  const wrong = lemma({
    ...reluNuclearNorm,
    paper: hostilePaper,
    title: ATTACK,
    source: ATTACK,
    provenance: { kind: 'reconstructed', from: ATTACK },
    because: ATTACK,
  });
  const judged = await verifyLemma(wrong, { ranges: lemmaRanges(wrong, { lambdas: {} }, true), trials: 1, seed: 1 });
  const picture = illustrate(result.target.revision, SMALL, 1);
  return {
    header: {
      version: '0.0.0',
      seed: 1,
      command: `npx ufm-check verify --theorems ${ATTACK}`,
      interrupted: false,
      workers: 1,
      timing: { elapsedMs: 1 },
    },
    results: [result],
    lemmas: [judged],
    ...(picture === undefined ? {} : { illustrations: new Map([[result.target, picture]]) }),
  };
};
