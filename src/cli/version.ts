import { readFileSync } from 'node:fs';

/** The version of the package, from its package.json: two folders up from dist/src/cli, or from src/cli plus one. */
const read = (): string => {
  for (const path of ['../../../package.json', '../../package.json']) {
    try {
      const content = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (content.name === 'ufm-check' && content.version !== undefined) return content.version;
    } catch {
      // Not here: the other place.
    }
  }
  return '0.0.0';
};

export const version = read();
