import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes of a log file before it is moved to `<file>.1`, which replaces an older one: a log takes at most twice this. */
const logFileBytesMax = 8 * 1024 * 1024;
/** Characters gathered before they are written without waiting for the end of the turn. */
const gatheredMax = 64 * 1024;

/** Appends lines to a file of bounded size. Lines of one turn of the event loop are written together. */
export class RotatingFile {
  readonly #path: string;
  readonly #bytesMax: number;
  #descriptor: number;
  #bytes: number;
  #gathered = '';
  #flush: NodeJS.Immediate | undefined;

  constructor(path: string, bytesMax = logFileBytesMax) {
    mkdirSync(dirname(path), { recursive: true });
    this.#path = path;
    this.#bytesMax = bytesMax;
    this.#descriptor = openSync(path, 'a');
    this.#bytes = fstatSync(this.#descriptor).size;
  }

  append(line: string): void {
    this.#gathered += `${line}\n`;
    if (this.#gathered.length > gatheredMax) this.flush();
    else this.#flush ??= setImmediate(() => this.flush());
  }

  flush(): void {
    if (this.#flush) clearImmediate(this.#flush);
    this.#flush = undefined;
    if (this.#gathered === '') return;
    const bytes = Buffer.from(this.#gathered);
    this.#gathered = '';
    if (this.#bytes > 0 && this.#bytes + bytes.length > this.#bytesMax) this.#rotate();
    writeSync(this.#descriptor, bytes);
    this.#bytes += bytes.length;
  }

  close(): void {
    this.flush();
    closeSync(this.#descriptor);
  }

  #rotate(): void {
    closeSync(this.#descriptor);
    renameSync(this.#path, `${this.#path}.1`);
    this.#descriptor = openSync(this.#path, 'a');
    this.#bytes = 0;
  }
}
