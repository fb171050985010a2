/**
 * Tells other commands where the stack of a data folder answers, while it runs.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Urls {
  readonly api: string;
  readonly backoffice: string;
  readonly s3: string;
  readonly gateway: string;
  readonly depositPage: string;
  /** The payment gateways' stand-in. */
  readonly sandbox: string;
}

/** What a command has to know of the stack: where it answers, and what its template puts out. */
export interface Running extends Urls {
  readonly outputs: Readonly<Record<string, string>>;
}

export function noteRunning(dataDirectory: string, running: Running): void {
  writeFileSync(noteOf(dataDirectory), JSON.stringify({ pid: process.pid, ...running }));
}

export function noteStopped(dataDirectory: string): void {
  rmSync(noteOf(dataDirectory), { force: true });
}

/** The stack that runs on the folder; undefined when none does. */
export function runningStack(dataDirectory: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(noteOf(dataDirectory), 'utf8')) as Running;
  } catch {
    return undefined;
  }
}

/** Milliseconds since the epoch on the clock of the stack that runs on the folder; the machine's own when none runs. */
export async function stackTime(dataDirectory: string): Promise<number> {
  try {
    const answer = await fetch(`${runningStack(dataDirectory)?.api}/_local/clock`, { signal: AbortSignal.timeout(2_000) });
    const { now } = (await answer.json()) as { now: string };
    return Date.parse(now);
  } catch {
    return Date.now();
  }
}

function noteOf(dataDirectory: string): string {
  return join(dataDirectory, 'running.json');
}
