/** docs/certify.py as an oracle: what it says about many texts at once. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKER = fileURLToPath(new URL('../../../docs/certify.py', import.meta.url));

export interface Opinion {
  readonly accepted: boolean;
  /** The margin as "p/q", what is proved, or the reason. */
  readonly detail: string;
}

/** One opinion for each text; the texts go through files, in batches of one process each. */
export function secondOpinions(texts: readonly string[]): Opinion[] {
  const folder = mkdtempSync(join(tmpdir(), 'ufm-check-certify-'));
  try {
    const names = texts.map((text, index) => {
      writeFileSync(join(folder, `${index}.json`), text);
      return `${index}.json`;
    });
    const opinions: Opinion[] = [];
    for (let start = 0; start < names.length; start += 500) {
      const batch = names.slice(start, start + 500);
      const run = spawnSync('python3', [CHECKER, ...batch], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
      if (run.error !== undefined) throw new Error('the second checker needs python3', { cause: run.error });
      const lines = run.stdout.split('\n').slice(0, -1);
      if (run.stderr !== '' || lines.length !== batch.length) throw new Error(`certify.py failed:\n${run.stderr}`);
      for (const line of lines) {
        const accepted = /^\d+\.json: accepted, (?:margin|proof:) (.*)$/.exec(line);
        const detail = accepted?.[1] ?? line;
        opinions.push({ accepted: accepted !== null, detail });
      }
    }
    return opinions;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
