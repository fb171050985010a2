/**
 * What commands that read a log file have in common: usage, exit codes, and a reader of their output who leaves early.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<Of extends Options> = ReturnType<typeof parseArgs<{ options: Of; allowPositionals: true }>>['values'];

export interface FileCommand<Of extends Options, Command> {
  readonly usage: string;
  readonly options: Of;
  /** What is asked for, or what is wrong with it, in words. */
  readonly read: (file: string, values: Values<Of>) => Command | string;
  /** Answers the exit code: 0 when all was done, 1 when the input was not read to its end. */
  readonly run: (command: Command) => Promise<number>;
}

/** Runs it with the arguments of this process. Exits with 2 for a wrong command line. */
export async function runFileCommand<const Of extends Options, Command>(command: FileCommand<Of, Command>): Promise<void> {
  // `head` leaves before the end.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(command.usage);
    return;
  }
  const asked = parse(command, args);
  if (typeof asked === 'string') console.error(`${asked}\n\n${command.usage}`);
  process.exitCode = typeof asked === 'string' ? 2 : await command.run(asked);
}

/** `-`, standard input, when no file is named. */
function parse<Of extends Options, Command>({ options, read }: FileCommand<Of, Command>, args: string[]): Command | string {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    if (positionals.length > 1) return `One file at a time, not ${positionals.length}.`;
    return read(positionals[0] ?? '-', values);
  } catch (error) {
    return (error as Error).message;
  }
}
