/**
 * Contents of a few kilobytes, kept in the database: making and flushing a file of its own costs a small object more than all the rest, and
 * the more so the busier the disk is. They look like files to everyone else.
 */
import type { Database } from './database.ts';

const namePrefix = 'small/';

export class SmallContents {
  /** Larger ones become files. */
  readonly bytesMax = 16 * 1024;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  isOne(file: string): boolean {
    return file.startsWith(namePrefix);
  }

  add(entry: string, bytes: Buffer): string {
    const file = namePrefix + entry;
    this.#database.run('INSERT INTO small_contents VALUES (?, ?)', file, bytes);
    return file;
  }

  read(file: string): Buffer {
    const bytes = this.#database.get('SELECT bytes FROM small_contents WHERE file = ?', file)?.['bytes'];
    if (!(bytes instanceof Uint8Array)) throw new Error(`content ${file} is missing`);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  remove(file: string): void {
    this.#database.run('DELETE FROM small_contents WHERE file = ?', file);
  }

  all(): string[] {
    return this.#database.all('SELECT file FROM small_contents').map((row) => String(row['file']));
  }
}
