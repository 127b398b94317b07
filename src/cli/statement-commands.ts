/** `list`, `show`, `prove`, `certify` and `new` on the command line. */
import type { Command } from 'commander';
import type { Io } from './io.js';
import { given, modulesOption } from './options.js';

interface RawShow {
  readonly revision: string;
  readonly latex?: boolean;
  readonly json?: boolean;
  readonly theorems: readonly string[];
}

interface RawProve {
  readonly revision: string;
  readonly out?: string;
  readonly theorems: readonly string[];
  readonly json?: boolean;
}

export const addStatementCommands = (program: Command, io: Io, finish: (code: number) => void): void => {
  program
    .command('list')
    .description('theorems, revisions, provenance, hypotheses, conclusions')
    .addOption(modulesOption())
    .option('--json', 'one JSON document on standard output')
    .action(async (options: { theorems: readonly string[]; json?: boolean }) => {
      const { list } = await import('./commands/list.js');
      finish(await list({ modules: options.theorems, json: options.json === true }, io));
    });
  program
    .command('show')
    .description('a statement with its construction and proof')
    .argument('<theorem...>', 'ids such as 3.1')
    .option('--revision <id>', 'which revisions: current, all, or the id of one', 'current')
    .option('--latex', 'as LaTeX')
    .option('--json', 'one JSON document on standard output: text, LaTeX and fingerprint')
    .addOption(modulesOption())
    .addHelpText('after', '\nExamples:\n  $ ufm-check show 3.1\n  $ ufm-check show 3.1 --latex')
    .action(async (theorems: string[], options: RawShow) => {
      const { revision, latex, json, theorems: modules } = options;
      const { show } = await import('./commands/show.js');
      finish(await show({ theorems, revision, latex: latex === true, json: json === true, modules }, io));
    });
  program
    .command('prove')
    .description('write a verified sum of squares as a certificate that a second checker can re-check')
    .argument('<theorem>', 'an id such as 3.1')
    .option('--revision <id>', 'current, or the id of one', 'current')
    .option('--out <file>', 'where the certificate goes (default: standard output)')
    .addOption(modulesOption())
    .option('--json', 'with --out: one JSON document on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ufm-check prove 3.1 --out proof.json && ufm-check certify proof.json' +
        '\n\nExit codes: 0 written, 1 no verified sum of squares, 2 usage or a file that cannot be written',
    )
    .action(async (theorem: string, options: RawProve) => {
      const { prove } = await import('./commands/prove.js');
      finish(
        await prove(
          {
            theorem,
            revision: options.revision,
            json: options.json === true,
            modules: options.theorems,
            ...given(options, 'out'),
          },
          io,
        ),
      );
    });
  program
    .command('certify')
    .description('re-check certificates of violations and of proofs exactly')
    .argument('<file...>', 'certificate files')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ufm-check certify counterexample.json\n  $ ufm-check certify --json certificates/*.json' +
        '\n\nExit codes: 0 all accepted, 1 one is rejected, 2 usage or a file that cannot be read',
    )
    .action(async (files: string[], options: { json?: boolean }) => {
      const { certify } = await import('./commands/certify.js');
      finish(certify({ files, json: options.json === true }, io));
    });
  program
    .command('new')
    .description('write a module to start from, which runs as it stands')
    .argument('<name>', 'paper and theorem, such as my-paper/theorem-1: the module is my-paper/theorem-1.ts')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExamples:\n  $ ufm-check new my-paper/theorem-1\n\nNothing is overwritten.')
    .action(async (name: string, options: { json?: boolean }) => {
      const { newModule } = await import('./commands/new.js');
      finish(await newModule({ name, json: options.json === true }, io));
    });
};
