import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RotatingFile } from './lambda/rotating-file.ts';
import type { StackLog } from './ports.ts';

export interface StackLogOptions {
  readonly logsDirectory: string;
  /** Whether lines also go to the terminal. */
  readonly terminal: boolean;
  /** Milliseconds since the epoch, stack time. */
  readonly now: () => number;
}

/** Lines to the terminal and to `<logsDirectory>/stack.log`. */
export function openStackLog({ logsDirectory, terminal, now }: StackLogOptions): StackLog & { close(): void } {
  mkdirSync(logsDirectory, { recursive: true });
  const file = new RotatingFile(join(logsDirectory, 'stack.log'));
  const screen = terminal ? gathered((text) => void process.stderr.write(text)) : undefined;
  const write = (level: 'info' | 'warn', room: string, message: string): void => {
    const time = new Date(now()).toISOString();
    file.append(`${time} ${level === 'warn' ? 'WARN ' : 'INFO '} ${room}: ${message}`);
    screen?.add(`${time.slice(11, 23)} ${level === 'warn' ? 'WARN ' : ''}${room}: ${message}\n`);
  };
  return {
    info: (room, message) => write('info', room, message),
    warn: (room, message) => write('warn', room, message),
    close: () => {
      file.close();
      screen?.flush();
    },
  };
}

/** Writes what one turn of the event loop brings in one go: a terminal or pipe is written to synchronously, and a line at a time is dear. */
function gathered(write: (text: string) => void): { add(text: string): void; flush(): void } {
  let waiting = '';
  let next: NodeJS.Immediate | undefined;
  const flush = (): void => {
    clearImmediate(next);
    next = undefined;
    if (waiting !== '') write(waiting);
    waiting = '';
  };
  return {
    add: (text) => {
      waiting += text;
      next ??= setImmediate(flush);
    },
    flush,
  };
}
