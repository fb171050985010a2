import { inspect, types } from 'node:util';
import type { FunctionError } from '../protocol.ts';

/** An error of the runtime itself, under the name that Lambda gives it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }

  /** Takes over what another error said and where it came from. */
  static around(name: string, thrown: unknown): RuntimeError {
    const { errorType, errorMessage, trace } = functionErrorOf(thrown);
    const error = new RuntimeError(name, `${errorType}: ${errorMessage}`);
    error.stack = [`${name}: ${error.message}`, ...trace.filter((line) => /^ {4}at |^file:/.test(line))].join('\n');
    return error;
  }
}

/** What Lambda tells of anything thrown. */
export function functionErrorOf(thrown: unknown): FunctionError {
  if (!types.isNativeError(thrown) && !(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: textOf(thrown), trace: [] };
  }
  return {
    errorType: thrown.name,
    errorMessage: thrown.message,
    trace: (thrown.stack ?? '').split('\n'),
  };
}

function textOf(thrown: unknown): string {
  try {
    return typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? inspect(thrown));
  } catch {
    return inspect(thrown);
  }
}
