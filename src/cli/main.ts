#!/usr/bin/env node
/** The command line: wires the commands and owns the exit codes. */
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { UsageError } from '../errors.js';
import { visible } from '../symbolic/one-line.js';
import { EXIT } from './exit-codes.js';
import { allowExit, exitProcess, tryModulesFirst } from './guard.js';
import { addSearch, addVacuity } from './hunt-commands.js';
import { type Io, processIo } from './io.js';
import { addMap } from './map-command.js';
import { collect } from './options.js';
import { addPaper } from './paper-command.js';
import { addExport, addInspect } from './point-commands.js';
import { addDiff, addExplain } from './report-commands.js';
import { addStatementCommands } from './statement-commands.js';
import { addVerify } from './verify-command.js';
import { version } from './version.js';

/** Of an option given twice the parser would keep the last value without a word. */
const refuseRepeated = (command: Command): void => {
  for (const option of command.options.filter((x) => !x.isBoolean() && x.parseArg !== collect)) {
    let given = false;
    command.on(`option:${option.name()}`, () => {
      if (given) throw new UsageError(`${option.long ?? option.name()} is given twice`, 'Give it one value.');
      given = true;
    });
  }
};

const buildProgram = (io: Io, finish: (code: number) => void, argv: readonly string[]): Command => {
  // Errors are told in one line by whoever catches them.
  const silent = (): void => undefined;
  const output = {
    writeOut: (text: string): void => {
      io.out(text.trimEnd());
    },
    writeErr: silent,
    outputError: silent,
  };
  const program = new Command('ufm-check')
    .description('A symbolic-numeric checker for theorems about the minimizers of unconstrained features models.')
    .version(version)
    .showHelpAfterError(false)
    .configureOutput(output)
    .exitOverride();
  addVerify(program, io, finish, argv);
  addSearch(program, io, finish, argv);
  addVacuity(program, io, finish);
  addDiff(program, io, finish);
  addExplain(program, io, finish);
  addInspect(program, io, finish, argv);
  addExport(program, io, finish);
  addMap(program, io, finish, argv);
  addPaper(program, io, finish, argv);
  addStatementCommands(program, io, finish);
  for (const command of program.commands) {
    command.exitOverride().configureOutput(output);
    refuseRepeated(command);
  }
  return program;
};

/** One line for what a user can mend, a trace for a defect of ours; one document under --json. The exit code. */
const reportFailure = (error: unknown, json: boolean, io: Io): number => {
  const usage = (message: string, hint: string): number => {
    if (json) io.out(JSON.stringify({ format: 'ufm-check-error/1', code: EXIT.usage, message, hint }));
    else io.error(visible(`error: ${message}. ${hint}`));
    return EXIT.usage;
  };
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.asExpected;
    const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    return usage(message.replace(/\.$/, ''), 'See: ufm-check --help');
  }
  // An error that crossed a thread, or a module's own copy of the class, has the name only.
  if (error instanceof Error && error.name === 'UsageError') {
    const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : 'See: ufm-check --help';
    return usage(error.message.replace(/\.$/, ''), hint);
  }
  if (error instanceof Error && error.name === 'ExactError') {
    return usage(`a formula cannot be evaluated: ${error.message}`, 'Check the formulas of the module.');
  }
  // A module of the user's is evaluated from a data: URL; what it throws later, in a timer say, is not ours.
  if (error instanceof Error && error.stack?.includes('data:text/javascript') === true) {
    return usage(`a module failed after it was loaded: ${error.message}`, 'A module only declares theorems.');
  }
  if (json) {
    const hint = 'This is a defect of ufm-check: please report it.';
    io.out(JSON.stringify({ format: 'ufm-check-error/1', code: EXIT.defect, message: String(error), hint }));
  } else {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.error(`ufm-check has failed, which is a defect of its own, not of the theorem:\n${trace}`);
  }
  return EXIT.defect;
};

/** Runs a command line and returns its exit code; never throws. A module may have been kept from ending the process. */
const execute = async (argv: readonly string[], io: Io): Promise<number> => {
  let code: number = EXIT.asExpected;
  const program = buildProgram(io, (result) => (code = result), argv);
  if (argv.length === 0) {
    io.out(program.helpInformation());
    return EXIT.usage;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return reportFailure(error, argv.includes('--json'), io);
  }
};

/** The same for a caller who goes on afterwards. */
export const run = async (argv: readonly string[], io: Io): Promise<number> => {
  try {
    return await execute(argv, io);
  } finally {
    allowExit();
  }
};

/** Waits until what was written has left the process: ending it earlier would cut a long report short. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });

/** Whether this file is the program, perhaps by a link of the package manager's, and not imported by another. */
const isProgram = (): boolean => {
  const [, started] = process.argv;
  return started !== undefined && existsSync(started) && realpathSync(started) === fileURLToPath(import.meta.url);
};

if (isProgram()) {
  const argv = process.argv.slice(2);
  const io = processIo();
  const end = async (code: number): Promise<void> => {
    await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
    // Not left to the event loop: a timer that a module has set would keep the process alive.
    exitProcess(code);
  };
  // What a module throws outside of its loading (in a timer, say).
  process.on('uncaughtException', (error) => void end(reportFailure(error, argv.includes('--json'), io)));
  tryModulesFirst();
  await end(await execute(argv, io));
}
