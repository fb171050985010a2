/**
 * What commands that read a log file have in common: the file, and a reader of their output who leaves early.
 */
import { askedFor, type CommandLine, type Options, type Values } from './command.ts';

export interface FileCommand<Of extends Options, Asked extends object> extends Pick<CommandLine<Of, Asked>, 'usage' | 'options'> {
  /** What is asked for, or what is wrong with it, in words. */
  readonly read: (file: string, values: Values<Of>) => Asked | string;
  /** Answers the exit code: 0 when all was done, 1 when the input was not read to its end. */
  readonly run: (asked: Asked) => Promise<number>;
}

/** Runs it with the arguments of this process, on standard input when no file is named, and leaves its exit code. */
export async function runFileCommand<const Of extends Options, Asked extends object>(command: FileCommand<Of, Asked>): Promise<void> {
  // `head` leaves before the end.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const { usage, options, read, run } = command;
  const asked = askedFor({ usage, options, positionalsMax: 1, read: (values: Values<Of>, [file = '-']) => read(file, values) });
  if (asked !== undefined) process.exitCode = await run(asked);
}
