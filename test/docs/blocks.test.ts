/** No block of README and docs is only looked at: each is of a kind that a test runs or compares (see blocks.ts). */
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Block, blocks, blocksOf, page, root } from './blocks.js';

/** By the name of a marker: whether what it says can be so. */
const MARKERS: Readonly<Record<string, (value: string, block: Block) => boolean>> = {
  file: (value) => existsSync(`${root}${value}`),
  pieces: (value) => existsSync(`${root}${value}`),
  write: (value) => value !== '',
  change: (value, block) => value !== '' && block.language === 'diff',
  transcript: (value, block) => value === 'verify' && block.page === 'README.md',
  output: (value, block) => value !== '' && block.page === 'docs/inspect.md',
  compared: (value, block) => existsSync(`${root}${value}`) && page(value).includes(block.page),
};

const KINDS = ['sh run', 'sh run-long', 'sh', 'console run', 'console run-long', 'sh run-package', 'ts run-package'];

const isCovered = (block: Block): boolean => {
  if (block.marker === undefined) return KINDS.includes(`${block.language} ${block.kind}`.trim());
  const [name = '', value = ''] = block.marker.split(': ', 2);
  return MARKERS[name]?.(value, block) ?? false;
};

it('finds the blocks', () => {
  const text = 'a\n```sh run\nls\n```\n- b\n  <!-- file: x.ts -->\n  ```ts\n  c\n    d\n  ```\n```\n```\n';
  expect(blocksOf('p.md', text)).toEqual([
    { page: 'p.md', line: 2, language: 'sh', kind: 'run', body: 'ls\n' },
    { page: 'p.md', line: 7, language: 'ts', kind: '', marker: 'file: x.ts', body: 'c\n  d\n' },
    { page: 'p.md', line: 11, language: '', kind: '', body: '' },
  ]);
  expect(() => blocksOf('p.md', '```ts\n')).toThrow('p.md:1');
  expect(blocks.length).toBeGreaterThan(30);
});

it('are all run or compared', () => {
  expect(blocks.filter((x) => !isCovered(x)).map((x) => `${x.page}:${x.line}: ${x.language} ${x.kind}`)).toEqual([]);
});
