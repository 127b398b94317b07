/** `paper` on the command line. */
import { type Command, Option } from 'commander';
import { quoteWord } from '../check/command.js';
import { DEFAULT_LOCK } from './defaults.js';
import type { Io } from './io.js';
import { collect, modulesOption } from './options.js';

interface RawPaper {
  readonly accept: readonly string[];
  readonly lock: string;
  readonly environment: readonly string[];
  readonly theorems: readonly string[];
  readonly json?: boolean;
}

export const addPaper = (program: Command, io: Io, finish: (code: number) => void, argv: readonly string[]): void => {
  const listOf = (flags: string, description: string): Option =>
    new Option(flags, description).argParser(collect).default([], 'none');
  program
    .command('paper')
    .description('compare the LaTeX source of a paper with the modules, and with what was reviewed')
    .argument('<main.tex>', 'the main file; \\input and \\include are followed')
    .addOption(listOf('--accept <name>', 'record this theorem, by module or label, as reviewed; or all (repeatable)'))
    .option('--lock <file>', 'where reviews are recorded', DEFAULT_LOCK)
    .addOption(listOf('--environment <name>', 'a theorem environment that a class declares (repeatable)'))
    .addOption(modulesOption())
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      `
A module names the \\label of its theorem. Drift: a statement or its module has changed since it was reviewed, a theorem
has no module, a module has no theorem, or a step of a proof names an equation label that is gone.

Examples:
  $ ufm-check paper main.tex
  $ ufm-check paper main.tex --accept 4.2               the statement and the module say the same
  $ ufm-check paper main.tex --theorems ./mine.ts       against your own modules

Exit codes: 0 as reviewed, 1 drift, 2 usage or a source that cannot be read`,
    )
    .action(async (main: string, options: RawPaper) => {
      const typed = argv.slice(argv.indexOf('paper') + 1);
      const kept = typed.filter((x, k) => !/^--(accept|json)/.test(x) && typed[k - 1] !== '--accept');
      finish(
        await (await import('./commands/paper.js')).paper(
          {
            main,
            accept: options.accept,
            lock: options.lock,
            environments: options.environment,
            modules: options.theorems,
            json: options.json === true,
            command: ['npx ufm-check paper', ...kept.map(quoteWord)].join(' '),
          },
          io,
        ),
      );
    });
};
