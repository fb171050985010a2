import { join } from 'node:path';
import type { StackLog } from '../ports.ts';
import type { OutputStream } from './protocol.ts';
import { readableLine } from './readable-line.ts';
import { RotatingFile } from './rotating-file.ts';

/** Characters of a line before it is cut in two; CloudWatch cuts at 1 MB. */
const lineCharactersMax = 256 * 1024;
const bytesPerMegabyte = 1024 * 1024;

export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly memoryMegabytes: number;
  /** Absent when the environment did not live to tell. */
  readonly memoryUsedBytes: number | undefined;
  /** Only for the first event of an environment. */
  readonly initMs: number | undefined;
  /** `timeout`, `error`, …; absent when it went well. */
  readonly status: string | undefined;
}

/** The log of one function: whole in `<directory>/<function>.log`, readable on the terminal. */
export class FunctionLog {
  readonly #file: RotatingFile;
  readonly #name: string;
  readonly #terminal: StackLog;

  constructor({ directory, name, terminal }: { directory: string; name: string; terminal: StackLog }) {
    this.#file = new RotatingFile(join(directory, `${name}.log`));
    this.#name = name;
    this.#terminal = terminal;
  }

  /** One line that the function has written. */
  line(text: string): void {
    this.#file.append(text);
    const readable = readableLine(text);
    if (readable) this.#terminal[readable.level](this.#name, readable.text);
  }

  /** Something that Lambda itself says in a function's log. */
  note(text: string): void {
    this.#file.append(text);
    this.#terminal.warn(this.#name, text);
  }

  start(requestId: string): void {
    this.#file.append(`START RequestId: ${requestId} Version: $LATEST`);
  }

  /** END and REPORT, worded as Lambda does. */
  end(report: Report): void {
    const megabytes = (bytes: number) => Math.ceil(bytes / bytesPerMegabyte);
    const parts = [
      `REPORT RequestId: ${report.requestId}`,
      `Duration: ${report.durationMs.toFixed(2)} ms`,
      `Billed Duration: ${Math.ceil(report.durationMs + (report.initMs ?? 0))} ms`,
      `Memory Size: ${report.memoryMegabytes} MB`,
    ];
    if (report.memoryUsedBytes !== undefined) parts.push(`Max Memory Used: ${megabytes(report.memoryUsedBytes)} MB`);
    if (report.initMs !== undefined) parts.push(`Init Duration: ${report.initMs.toFixed(2)} ms`);
    if (report.status !== undefined) parts.push(`Status: ${report.status}`);
    this.#file.append(`END RequestId: ${report.requestId}\n${parts.join('\t')}`);
  }

  close(): void {
    this.#file.close();
  }
}

/** Cuts the output of one environment into lines; its two streams each keep their own unfinished line. */
export class LineCutter {
  readonly #rest: Record<OutputStream, string> = { stdout: '', stderr: '' };
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(stream: OutputStream, text: string): void {
    const lines = (this.#rest[stream] + text).split('\n');
    this.#rest[stream] = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
    while (this.#rest[stream].length > lineCharactersMax) {
      this.#onLine(this.#rest[stream].slice(0, lineCharactersMax));
      this.#rest[stream] = this.#rest[stream].slice(lineCharactersMax);
    }
  }

  /** Passes on what was written without an end of line. */
  flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.#rest[stream] !== '') this.#onLine(this.#rest[stream]);
      this.#rest[stream] = '';
    }
  }
}
