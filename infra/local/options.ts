import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What a start of the local stack is asked for on the command line. */
export interface StartOptions {
  /** Folder with everything the stack keeps; absolute. */
  readonly dataDirectory: string;
  /** Empties the folder first. */
  readonly fresh: boolean;
  /** First of six neighbouring ports: API, backoffice, S3, AWS gateway, deposit page, sandbox of the payment gateways. */
  readonly port: number;
  /** Each execution environment of a function as a worker thread, or as a process of its own. */
  readonly isolation: 'thread' | 'process';
  /** Events of one queue that are worked on at once; the template may allow more than a machine has cores for. */
  readonly workers: number;
  /** Whether to drop the demo log into an empty stack. */
  readonly demo: boolean;
}

export const usage = `npm start -- [options]
  --fresh             start empty: everything in the data folder is deleted
  --port N            first of the stack's ports (default 4510)
  --data DIR          data folder (default .local)
  --isolation KIND    functions in a 'thread' (default) or a 'process' of their own
  --workers N         events of one queue worked on at once (default: a core each, two at least)
  --no-demo           do not load the demo
`;

/** Parses the command line. Throws an Error with a sentence and the usage on anything it does not know. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  try {
    return parse(args);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}

function parse(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      fresh: { type: 'boolean', default: false },
      port: { type: 'string', default: '4510' },
      data: { type: 'string', default: '.local' },
      isolation: { type: 'string', default: 'thread' },
      workers: { type: 'string', default: String(Math.max(2, availableParallelism())) },
      demo: { type: 'boolean', default: true },
    },
  });
  return {
    dataDirectory: resolve(values.data),
    fresh: values.fresh,
    port: whole('port', values.port, 65_530),
    workers: whole('workers', values.workers, 100),
    isolation: parseIsolation(values.isolation),
    demo: values.demo,
  };
}

function whole(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max)
    throw new Error(`--${name} takes a whole number from 1 to ${max}, not ${text}.`);
  return value;
}

function parseIsolation(text: string): 'thread' | 'process' {
  if (text === 'thread' || text === 'process') return text;
  throw new Error(`--isolation takes thread or process, not ${text}.`);
}
