import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What a start of the local stack is asked for on the command line. */
export interface StartOptions {
  /** Folder with everything the stack keeps; absolute. */
  readonly dataDirectory: string;
  /** Empties the folder first. */
  readonly fresh: boolean;
  /** First of five neighbouring ports: API, backoffice, S3, AWS gateway, deposit page. */
  readonly port: number;
  /** Each execution environment of a function as a worker thread, or as a process of its own. */
  readonly isolation: 'thread' | 'process';
  /** Whether to drop the demo log into an empty stack. */
  readonly demo: boolean;
}

export const usage = `npm start -- [options]
  --fresh             start empty: everything in the data folder is deleted
  --port N            first of the stack's ports (default 4510)
  --data DIR          data folder (default .local)
  --isolation KIND    functions in a 'thread' (default) or a 'process' of their own
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
      demo: { type: 'boolean', default: true },
    },
  });
  return {
    dataDirectory: resolve(values.data),
    fresh: values.fresh,
    port: parsePort(values.port),
    isolation: parseIsolation(values.isolation),
    demo: values.demo,
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_530) throw new Error(`--port takes a whole number from 1 to 65530, not ${text}.`);
  return port;
}

function parseIsolation(text: string): 'thread' | 'process' {
  if (text === 'thread' || text === 'process') return text;
  throw new Error(`--isolation takes thread or process, not ${text}.`);
}
