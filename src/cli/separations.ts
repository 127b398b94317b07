/**
 * What separates two revisions: a certificate that the exact checker accepts now, and that refutes what the one claims
 * at its instance and nothing that the other claims. Claims are compared, not labels, so that a certificate of the
 * gallery speaks of a module of the user's own where that makes the same claim.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../errors.js';
import { checkCertificate } from '../exact/certificate/judge.js';
import type { Separation } from '../report/diff.js';
import { whyNotClaimed } from '../search/speaks-of.js';
import { type Target, targetName } from '../theorem/registry.js';

/** The text of a certificate, and where it is from. */
export interface Candidate {
  readonly source: string;
  readonly text: string;
}

/** Why a certificate separates nothing here. */
export interface Inseparable {
  readonly source: string;
  readonly why: string;
}

/** Where the package keeps its gallery: above dist/src/cli, or above src/cli. */
const folder = (): string | undefined =>
  ['../../../docs/counterexamples/', '../../docs/counterexamples/']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));

/** All certificates of the gallery, by name. */
export const gallery = (): Candidate[] => {
  const place = folder();
  if (place === undefined) return [];
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`${place}${entry.name}/certificate.json`))
    .map(({ name }) => ({
      source: `docs/counterexamples/${name}/certificate.json`,
      text: readFileSync(`${place}${name}/certificate.json`, 'utf8'),
    }));
};

/** Certificates of the user's own. @throws UsageError for a file that cannot be read */
export const candidatesIn = (files: readonly string[]): Candidate[] =>
  files.map((file) => {
    try {
      return { source: file, text: readFileSync(file, 'utf8') };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      throw new UsageError(`cannot read ${file} (${code})`, 'Name a certificate, as search writes it.');
    }
  });

/** What one certificate says of the two. */
export const judgeCandidate = (candidate: Candidate, before: Target, after: Target): Separation | Inseparable => {
  const { source, text } = candidate;
  const judgement = checkCertificate(text);
  if (!judgement.accepted) return { source, why: `the exact checker rejects it: ${judgement.reason}` };
  const { certificate, sentence } = judgement;
  const [first, second] = [before, after].map(({ revision }) => whyNotClaimed(revision, certificate));
  if (first === undefined && second === undefined) return { source, why: 'it refutes both' };
  if (first !== undefined && second !== undefined) {
    const whys = [`of ${targetName(before)}, ${first}`, `of ${targetName(after)}, ${second}`];
    return { source, why: `it refutes neither: ${whys.join('; ')}` };
  }
  // What is about an inequality refutes neither.
  const { K } = 'problem' in certificate ? certificate.problem : 'K' in certificate ? certificate : { K: 0 };
  const [refuted, spared] = first === undefined ? [before, after] : [after, before];
  return {
    source,
    sentence,
    refuted: targetName(refuted),
    spared: targetName(spared),
    because: first ?? second ?? '',
    classes: K,
  };
};
