/** What both kinds of search write to a folder. */
import { mkdirSync } from 'node:fs';
import { UsageError } from '../../errors.js';

export const CERTIFICATE_FILE = 'certificate.json';

/**
 * Makes the folder.
 *
 * @throws UsageError where that is impossible
 */
export const prepare = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`cannot make the folder ${folder} (${code})`, 'Name another folder with --out.');
  }
};
