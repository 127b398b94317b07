/** The built program in this process, for the tests of pages; as a reader would run it, from a folder. */
import { vi } from 'vitest';
import { root } from './blocks.js';

type Main = typeof import('../../src/cli/main.js');

export const runProgram = async (
  args: readonly string[],
  folder: string,
): Promise<{ readonly code: number; readonly out: string }> => {
  const { run } = (await import(`${root}dist/src/cli/main.js`)) as Main;
  let out = '';
  // Help goes to standard output directly.
  const help = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const before = process.cwd();
  process.chdir(folder);
  try {
    const io = { out: (text: string) => void (out += `${text}\n`), error: () => undefined, interrupted: () => false };
    return { code: await run(args, io), out };
  } finally {
    process.chdir(before);
    help.mockRestore();
  }
};
