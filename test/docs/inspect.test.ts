/** The page about `inspect` shows what the commands print. UFM_CHECK_UPDATE=1 copies it in. */
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { NUMPY, folder, here } from '../cli/here.js';

const CERTIFICATES = fileURLToPath(new URL('../fixtures/certificates/', import.meta.url));
const page = fileURLToPath(new URL('../../docs/inspect.md', import.meta.url));
const BLOCK = /<!-- output: (.*) -->\n```text\n[\s\S]*?```/g;

beforeAll(() => {
  for (const from of [NUMPY, CERTIFICATES]) {
    for (const file of readdirSync(from)) copyFileSync(join(from, file), join(folder, file));
  }
});

it('prints what the page shows', async () => {
  const text = readFileSync(page, 'utf8');
  const commands = [...text.matchAll(BLOCK)].map(([, command = '']) => command);
  expect(commands).toHaveLength(3);
  const outputs = new Map<string, string>();
  for (const command of commands) {
    const { out, err } = await here(command.replaceAll(/\S+\.(?:npz|json)/g, '%$&'));
    expect(err).toBe('');
    outputs.set(command, out);
  }
  const filled = text.replaceAll(
    BLOCK,
    (_, command: string) => `<!-- output: ${command} -->\n\`\`\`text\n${outputs.get(command) ?? ''}\`\`\``,
  );
  if (process.env['UFM_CHECK_UPDATE'] !== undefined) writeFileSync(page, filled);
  expect(readFileSync(page, 'utf8')).toBe(filled);
});
