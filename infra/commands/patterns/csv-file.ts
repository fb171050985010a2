/**
 * A CSV file (RFC 4180) that is written row by row.
 */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const waitingCharactersMax = 1 << 18;

/** The message is a sentence for the user. */
export class UnwritableError extends Error {
  override readonly name = 'UnwritableError';
}

export class CsvFile {
  readonly #stream: WriteStream;
  #waiting = '';

  private constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  /** Opens `path` for writing; rejects with `UnwritableError` where that is refused. */
  static async create(path: string, columns: readonly string[]): Promise<CsvFile> {
    const stream = createWriteStream(path);
    try {
      await once(stream, 'open');
    } catch (error) {
      throw new UnwritableError(`${path} cannot be written: ${(error as Error).message}.`, { cause: error });
    }
    const file = new CsvFile(stream);
    file.row(columns);
    return file;
  }

  /** Keeps the row until `flush` or `close`. */
  row(cells: readonly (string | number)[]): void {
    this.#waiting += `${cells.map(cellText).join(',')}\n`;
  }

  /** There is enough to write. */
  get isFull(): boolean {
    return this.#waiting.length >= waitingCharactersMax;
  }

  async flush(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    await this.flush();
    this.#stream.end();
    await finished(this.#stream);
  }
}

function cellText(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
