/**
 * What the commands have in common: usage, arguments, exit codes.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Values<Of extends Options> = ReturnType<typeof parseArgs<{ options: Of; allowPositionals: true }>>['values'];

export interface CommandLine<Of extends Options, Asked extends object> {
  readonly usage: string;
  readonly options: Of;
  /** How many arguments without a name it takes; none without it. */
  readonly positionalsMax?: number;
  /** What is asked for, or what is wrong with it, in words; it may throw them, too. */
  readonly read: (values: Values<Of>, positionals: readonly string[]) => Asked | string;
}

export interface Command<Of extends Options, Asked extends object> extends CommandLine<Of, Asked> {
  /** Answers the exit code. What it throws is told by its message, and the code is 1. */
  readonly run: (asked: Asked) => Promise<number>;
}

/** Runs it with the arguments of this process, and leaves its exit code. */
export async function runCommand<const Of extends Options, Asked extends object>(command: Command<Of, Asked>): Promise<void> {
  const asked = askedFor(command);
  if (asked === undefined) return;
  try {
    process.exitCode = await command.run(asked);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** What the arguments of this process ask for. Undefined when there is nothing left to do: after `--help`, and after a wrong command line, whose exit code is 2. */
export function askedFor<const Of extends Options, Asked extends object>(command: CommandLine<Of, Asked>): Asked | undefined {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(command.usage);
    return undefined;
  }
  const asked = parse(command, args);
  if (typeof asked !== 'string') return asked;
  console.error(`${asked}\n\n${command.usage}`);
  process.exitCode = 2;
  return undefined;
}

function parse<Of extends Options, Asked extends object>(command: CommandLine<Of, Asked>, args: string[]): Asked | string {
  const { options, positionalsMax = 0, read } = command;
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: positionalsMax > 0, options });
    if (positionals.length > positionalsMax) return `There is no place for ${positionals[positionalsMax]}.`;
    return read(values, positionals);
  } catch (error) {
    return (error as Error).message;
  }
}
