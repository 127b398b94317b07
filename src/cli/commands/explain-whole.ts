/** `ufm-check explain` for what is more than one check: the certificate of a refuted theorem, and its hypotheses. */
import type { Outcome } from '../../check/evidence.js';
import { NECESSITY } from '../../check/checks.js';
import type { Refutation } from '../../check/refutation.js';
import { type VerifyOptions, verifyRevision } from '../../check/verify.js';
import { hypothesisLines } from '../../report/necessity.js';
import { describeInstance } from '../../theorem/instance.js';
import { type Target, targetName } from '../../theorem/registry.js';
import { certifier } from '../certifier.js';
import { instanceRanges } from '../instance-options.js';
import type { Io } from '../io.js';
import { type LoadedTheorems, naming } from '../modules.js';
import { openPool, workersOf } from '../serve.js';
import { EXIT } from '../exit-codes.js';
import type { ExplainArguments } from './explain.js';
import { summarise } from './explain-outcomes.js';

/** The lines of a report that come of a verification, and of no check alone. */
export const WHOLE: readonly string[] = ['certificate', NECESSITY];

const run = async (
  target: Target,
  id: string,
  args: ExplainArguments,
  asked: readonly string[],
  loaded: LoadedTheorems,
  io: Io,
) => {
  const path = loaded.modulePath(target.theorem);
  const shouldStop = (): boolean => io.interrupted();
  const pool = openPool(workersOf(args.workers), loaded);
  const { trials, seed } = args;
  const options: VerifyOptions = {
    ranges: instanceRanges(target, { ...args, outside: id === NECESSITY }),
    trials,
    seed,
    modulePath: loaded.modulePath,
    asked,
    shouldStop,
  };
  const certify = certifier(target, pool, {
    ...args,
    ...(path === undefined ? {} : { modulePath: path }),
    shouldStop,
    abort: new AbortController().signal,
    onProgress: () => undefined,
  });
  try {
    return await naming(target, path, () =>
      verifyRevision(target, pool, id === NECESSITY ? { ...options, only: [NECESSITY] } : { ...options, certify }),
    );
  } finally {
    await pool.close();
  }
};

const certificateLines = ({ sentence, value, bound, margin }: Refutation): string[] => [
  `✘ ${sentence}`,
  `    value   ${value}`,
  `    bound   ${bound}`,
  `    margin  ${margin}`,
];

/** Exit codes as for a check: 1 where a certificate refutes the theorem, 3 where nothing is decided. */
export const explainWhole = async (
  target: Target,
  id: string,
  args: ExplainArguments,
  asked: readonly string[],
  loaded: LoadedTheorems,
  io: Io,
): Promise<number> => {
  const result = await run(target, id, args, asked, loaded, io);
  if (result.interrupted) return EXIT.interrupted;
  io.out(`${targetName(target)}/${id}  from the whole verification`);
  if (id === NECESSITY) {
    for (const [label, text] of hypothesisLines(result)) io.out(label === '' ? `  ${text}` : `${label}  ${text}`);
    const { hypotheses = [], outside = [] } = result.necessity ?? {};
    return summarise(
      [
        ...hypotheses.map((x): Outcome => (x.outcome === 'unknown' ? 'inconclusive' : 'pass')),
        ...outside.map((x) => x.outcome),
      ],
      io,
    );
  }
  const certified = result.evidence.flatMap(({ refutation, violation }) =>
    refutation === undefined || violation === undefined ? [] : [{ refutation, violation }],
  );
  for (const { refutation, violation } of certified) {
    for (const line of certificateLines(refutation)) io.out(line);
    io.out(`    found at ${describeInstance(violation.instance)}, from ${violation.what}`);
    io.out(`    again: ${violation.reproduce}`);
  }
  if (certified.length === 0) io.out(['– no certificate', ...result.judgement.missing].join('; '));
  return summarise(certified.map(() => 'fail'), io);
};
