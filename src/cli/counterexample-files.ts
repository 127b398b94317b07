/** The files about a certified counterexample: its certificates, and the page in two formats. */
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LemmaResult } from '../check/lemma/verify.js';
import { UsageError } from '../errors.js';
import type { SearchResult } from '../search/run.js';
import { type Part, latex, markdown } from '../search/report/document.js';
import { STEP_FILE } from '../search/report/explanation-parts.js';
import { lemmaPage } from '../search/report/lemma-page.js';
import { counterexamplePage } from '../search/report/page.js';

const CERTIFICATE_FILE = 'certificate.json';

/** A name of a theorem or lemma as that of a folder. */
export const folderName = (name: string): string => name.replace(/[^\w.-]+/g, '-');

/** @throws UsageError where the folder cannot be made, or not be written to */
export const prepareFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(`make the folder ${folder}`, error);
  }
};

/** @throws UsageError where the file cannot be written */
export const writeText = (path: string, text: string): void => {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw unwritable(`write ${path}`, error);
  }
};

const unwritable = (what: string, error: unknown): UsageError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new UsageError(`cannot ${what} (${code})`, 'Name another folder with --out.');
};

/** Writes what was certified, if anything was; the paths, that of the certificate first. */
export const writeCounterexample = (
  folder: string,
  { target, found, explanation }: SearchResult,
  command: string,
): string[] => {
  if (found?.certified === undefined) return [];
  prepareFolder(folder);
  const page = counterexamplePage(target, found, explanation, command);
  const step = explanation?.enlarged === undefined ? [] : [[STEP_FILE, explanation.enlarged.text] as const];
  return [...writePage(folder, found.certified.text, page), ...writeAll(folder, step)];
};

/** Writes what refutes a lemma, if anything does. */
export const writeLemmaCounterexample = (folder: string, result: LemmaResult, command: string): string[] => {
  const found = lemmaPage(result, command);
  if (found === undefined) return [];
  prepareFolder(folder);
  return writePage(folder, found.certificate, found.page);
};

/** A certificate, and the page about it in two formats. */
export const writePage = (folder: string, certificate: string, page: readonly Part[]): string[] =>
  writeAll(folder, [
    [CERTIFICATE_FILE, certificate],
    ['counterexample.md', markdown(page)],
    ['counterexample.tex', latex(page)],
  ]);

const writeAll = (folder: string, files: readonly (readonly [name: string, text: string])[]): string[] =>
  files.map(([name, text]) => {
    const path = join(folder, name);
    writeText(path, text);
    return path;
  });
