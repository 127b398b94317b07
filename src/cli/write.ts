/** Files that are written whole or not at all: to a new file beside the old one, which then takes its place. */
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.js';

const refuse = (path: string, error: unknown): UsageError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new UsageError(`cannot write ${path} (${code})`, 'Name a file in a folder that exists and can be written.');
};

interface Place {
  /** The file itself, behind links. */
  readonly file: string;
  /** Undefined for a file that does not exist yet. */
  readonly mode?: number;
  /** A pipe or a device: nothing can take its place. */
  readonly special: boolean;
}

const placeOf = (path: string): Place => {
  let status;
  try {
    status = statSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { file: resolve(path), special: false };
    }
    throw refuse(path, error);
  }
  if (status.isDirectory()) throw new UsageError(`cannot write ${path}: it is a folder`, 'Name a file.');
  return { file: realpathSync(path), mode: status.mode, special: !status.isFile() };
};

const beside = (file: string): string => join(dirname(file), `.${basename(file)}.${process.pid}.new`);

/** Tries, before a long run, whether the file could be written after it. @throws UsageError if not */
export const requireWritable = (path: string): void => {
  const { file, special } = placeOf(path);
  if (special) return;
  const trial = beside(file);
  try {
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (error) {
    throw refuse(path, error);
  }
};

/**
 * Replaces the file at once: a reader sees the old text or the new one, and a failure leaves the old one.
 *
 * @throws UsageError for a file that cannot be written
 */
export const writeWhole = (path: string, text: string | Uint8Array): void => {
  const { file, mode, special } = placeOf(path);
  try {
    if (special) {
      writeFileSync(file, text);
      return;
    }
    const fresh = beside(file);
    try {
      writeFileSync(fresh, text);
      if (mode !== undefined) chmodSync(fresh, mode);
      renameSync(fresh, file);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    }
  } catch (error) {
    throw refuse(path, error);
  }
};
