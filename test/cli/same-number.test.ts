/** A module of the user's whose theorem has the number of a shipped one: what is printed to be pasted has to run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, workingFolder, write } from './run.js';

write(
  'same-number.ts',
  `import { block, lemma, leq, nuclearNorm, paper, theorem } from 'ufm-check';
import { reluFrame } from './relu-frame.js';

const X = block('X', 'd', 'N');
const mine = paper({ id: 'mine', title: 'Mine', authors: 'N. N.', reference: 'unpublished' });
const provenance = { kind: 'verbatim', from: 'x' };
const shared = { paper: mine, title: 'of the same number', source: 'here', provenance };

export const frames = theorem({ ...reluFrame, ...shared, id: '4.2' });
export const other = theorem({ ...reluFrame, ...shared, id: '4.9' });
export const norms = lemma({
  ...shared, id: 'pinching', expected: 'upheld', matrices: [X], scalars: [], hypotheses: [], because: 'it is the same',
  statement: leq(nuclearNorm(X), nuclearNorm(X)),
});
`,
);
const MODULE = ['--theorems', './same-number.ts'];
const SMALL = ['--K', '2', '--d', '2', '--n', '1', '--trials', '1', '--checks', 'numeric-stationarity,numeric-value'];

/** The commands in a text, each with the claim that it names. */
const commandsIn = (text: string): { command: string; claim: string }[] =>
  [...text.matchAll(/npx ufm-check (?:verify|search|inspect .*--theorem) (\S+)[^"<\n]*/g)].map(
    ([command, claim = '']) => ({ command, claim }),
  );

/** The text of a page that was written: of commands every word is an element of its own. */
const pageText = (file: string): string =>
  readFileSync(join(workingFolder(), file), 'utf8').replaceAll('</code>', '\n').replaceAll(/<[^>]+>/g, '');

const claimsIn = (text: string): Set<string> => new Set(commandsIn(text).map((x) => x.claim));

describe('a number that two papers share', () => {
  it('gives way to the full id in every printed command, and only there', async () => {
    const { out } = await run(['verify', 'mine/4.2', '4.9', ...MODULE, ...SMALL, '--json']);
    expect(claimsIn(out)).toEqual(new Set(['mine/4.2', '4.9']));
    const again = commandsIn(out).find((x) => x.claim === 'mine/4.2' && x.command.includes('--lambda-w2'));
    const { err } = await run([...(again?.command.split(' ').slice(2) ?? []), '--checks', 'numeric-value']);
    expect(err).toBe('');
  });

  it('does so in text, HTML and Markdown, for lemmas, and for the shipped claims', async () => {
    const lemma = 'mine/lemma:pinching';
    const sizes = ['--K', '2', '--d', '2', '--n', '1'];
    const text = await run(['verify', 'mine/4.2', ...MODULE, ...SMALL]);
    expect(text.out).toContain('mine/4.2  of the same number');
    expect(claimsIn(text.out)).toEqual(new Set(['mine/4.2']));
    const theorem = await run(['verify', 'mine/4.2', ...MODULE, ...SMALL, '--reporter', 'markdown,html=theorem.html']);
    for (const written of [theorem.out, pageText('theorem.html')]) {
      expect(claimsIn(written)).toEqual(new Set(['mine/4.2']));
    }
    await run(['verify', lemma, ...MODULE, ...sizes, '--reporter', 'html=lemma.html']);
    const again = `npx ufm-check verify ${lemma} ${sizes.join(' ')} --theorems ./same-number.ts --seed 1`;
    expect(pageText('lemma.html')).toContain(again);
    const full = 'tirer-bruna-2022/4.2@relaxed';
    const shipped = await run(['verify', full, ...MODULE, '--trials', '1', '--checks', 'necessity']);
    expect(claimsIn(shipped.out)).toEqual(new Set([full]));
  });

  it('names the module wherever a command needs it', async () => {
    const exported = await run(['export', 'mine/4.2', ...MODULE, '--to', 'claimed.npz', '--K', '2']);
    expect(exported.out).toContain('--theorem mine/4.2 --theorems ./same-number.ts --lambda');
    const refused = await run(['prove', 'mine/4.2', ...MODULE]);
    expect(refused.err).toContain('See: ufm-check verify mine/4.2 --theorems ./same-number.ts');
  });
});
