/**
 * `ufm-check.lock.json`: what was recorded of theorems, to be compared with what is found now.
 *
 * { "format": "ufm-check-lock/1", "verdicts": {…}, "reviewed": {…} }: each key but the first belongs to one command,
 * which reads and replaces its own part and leaves the others as they are. Keys are sorted, so that the same record has
 * the same bytes and a change is a change of a few lines.
 */
import { readFileSync } from 'node:fs';
import { UsageError } from '../errors.js';
import { requireWritable, writeWhole } from './write.js';

const FORMAT = 'ufm-check-lock/1';

/** A part of the file, by its key. */
export type Lock = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Lock =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The parts of a lock file; undefined where there is no file.
 *
 * @throws UsageError for a file that cannot be read, is no lock, or has another format
 */
export const readLock = (path: string): Lock | undefined => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return undefined;
    throw new UsageError(`cannot read ${path} (${code})`, 'Name a lock file, as written by ufm-check.');
  }
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new UsageError(`${path} is not JSON`, 'Restore it, or delete it and record again.');
  }
  const format = isRecord(content) ? content['format'] : undefined;
  if (!isRecord(content) || format !== FORMAT) {
    const found = typeof format === 'string' ? `has format ${format.slice(0, 40)}` : 'has no format';
    throw new UsageError(`${path} ${found}; this version reads ${FORMAT}`, 'Delete it and record again.');
  }
  const { format: _, ...parts } = content;
  return parts;
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, x]) => [key, sorted(x)]),
  );
};

/** The text of a lock file. */
export const lockText = (parts: Lock): string =>
  `${JSON.stringify({ format: FORMAT, ...(sorted(parts) as Lock) }, null, 2)}\n`;

/** Replaces one part of the file at once. @throws UsageError as `readLock` does, or if it cannot be written */
export const writeLockPart = (path: string, key: string, part: unknown): void => {
  writeWhole(path, lockText({ ...readLock(path), [key]: part }));
};

/** Before a long run. @throws UsageError where the file is no lock or cannot be written */
export const requireWritableLock = (path: string): void => {
  readLock(path);
  requireWritable(path);
};
