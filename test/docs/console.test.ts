/**
 * Commands in the documentation are run from the root of the project, and print what the pages say.
 *
 * In a block ```` ```console run ```` a line `$ npx ufm-check …` is a command, and what follows is its output; a line
 * `…` stands for any lines, `…` within one for any text, and times and the number of workers do not count.
 * UFM_CHECK_UPDATE=1 fills in output that is missing.
 */
import { describe, it } from 'vitest';
import { PAGES } from '../effort.js';
import { blocks, isStory, root } from './blocks.js';
import { commandsIn, printsAsShown } from './program.js';

const cases = blocks
  .filter((x) => x.language === 'console' && !isStory(x.page) && (PAGES || x.kind === 'run'))
  .flatMap((x) => commandsIn(x.body).map((y) => ({ page: x.page, ...y })));

describe('commands with their output', () => {
  it.each(cases)('$page: $command', async (shown) => {
    await printsAsShown({ ...shown, folder: root });
  });
});
