/**
 * Content on disk, except for the smallest, which the database keeps. A file holds the bytes of one upload or one part, is written once and never changed; its name is a number that says
 * nothing of the key. Whether a file is in use is only known to the database: what no row names is removed at the next start.
 */
import { closeSync, fdatasync, mkdirSync, openSync, readSync, writevSync } from 'node:fs';
import { copyFile, link, open, readdir, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Database } from './database.ts';
import { SmallContents } from './small-contents.ts';

/** A stretch of a file. */
export interface Slice {
  readonly file: string;
  readonly start: number;
  readonly length: number;
  /** The stretch is all of the file. */
  readonly whole: boolean;
}

/** An open content. */
export interface ContentReader {
  /** Fills the target from a position on, with `length` bytes at most. Resolves with how many there were. */
  read(target: Buffer, position: number, length: number): Promise<number>;
  close(): Promise<void>;
}

export interface NewFile {
  readonly name: string;
  write(buffers: readonly Buffer[]): Promise<void>;
  /** After this the bytes outlive a loss of power. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** Folders of many thousand entries are slow to list; these spread them. */
const shards = Array.from({ length: 256 }, (_, shard) => shard.toString(16).padStart(2, '0'));

export class ContentFiles {
  readonly #directory: string;
  readonly #small: SmallContents;
  readonly #prefix: string;
  #count = 0;
  readonly #readers = new Map<string, number>();
  readonly #condemned = new Set<string>();
  readonly #removals = new Set<Promise<void>>();

  constructor(directory: string, database: Database) {
    this.#directory = directory;
    this.#small = new SmallContents(database);
    // No earlier run on this folder had the number: it keeps names unique and tells old files from new ones.
    this.#prefix = `${database.generation.toString(36)}-`;
    for (const shard of shards) mkdirSync(join(directory, shard), { recursive: true });
  }

  async create(): Promise<NewFile> {
    const name = this.#nextName();
    return newFile(name, this.#pathOf(name));
  }

  /**
   * Stores what is wholly in memory. Opening, writing and closing touch only the page cache, and doing so here spares three rounds through
   * the thread pool, which cost a small upload more than its bytes do; only the wait for the disk is left to it.
   */
  async store(buffers: readonly Buffer[]): Promise<string> {
    if (lengthOf(buffers) <= this.#small.bytesMax) return this.#small.add(this.#nextEntry(), Buffer.concat(buffers));
    const name = this.#nextName();
    const descriptor = openSync(this.#pathOf(name), 'wx');
    try {
      requireWritten(writevSync(descriptor, buffers), buffers);
      await flush(descriptor);
    } catch (error) {
      this.#removeNow(name);
      throw error;
    } finally {
      closeSync(descriptor);
    }
    return name;
  }

  /** Another name for the same bytes: a copy that costs nothing, because content never changes. */
  async duplicate(file: string): Promise<string> {
    if (this.#small.isOne(file)) return this.#small.add(this.#nextEntry(), this.#small.read(file));
    const name = this.#nextName();
    // Some file systems know no second name, or limit how many there are.
    await link(this.#pathOf(file), this.#pathOf(name)).catch(() => copyFile(this.#pathOf(file), this.#pathOf(name)));
    return name;
  }

  async openForReading(file: string): Promise<ContentReader> {
    return this.#small.isOne(file) ? memoryReader(this.#small.read(file)) : fileReader(await open(this.#pathOf(file), 'r'));
  }

  /** For small stretches, where a round through the thread pool costs more than the read. Returns the bytes read. */
  readNow({ file, start, length }: Slice, target: Buffer): number {
    if (this.#small.isOne(file)) return this.#small.read(file).copy(target, 0, start, start + length);
    const descriptor = openSync(this.#pathOf(file), 'r');
    try {
      return readSync(descriptor, target, 0, length, start);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Keeps files from disappearing until the returned function is called, however often that is. */
  retain(files: readonly string[]): () => void {
    for (const file of files) this.#readers.set(file, (this.#readers.get(file) ?? 0) + 1);
    let held = true;
    return () => {
      if (held) for (const file of files) this.#release(file);
      held = false;
    };
  }

  /** Removes files as soon as nobody reads them. Never throws: what stays behind is found at the next start. */
  remove(files: readonly string[]): void {
    for (const file of files) {
      if (this.#readers.has(file)) this.#condemned.add(file);
      else this.#removeNow(file);
    }
  }

  /** Removes every file of earlier runs that is not in use. Returns how many. */
  async sweep(isInUse: (file: string) => boolean): Promise<number> {
    let removed = 0;
    const sweepOne = (file: string) => {
      const isOfThisRun = file.slice(file.indexOf('/') + 1).startsWith(this.#prefix);
      if (isOfThisRun || isInUse(file)) return;
      this.#removeNow(file);
      removed += 1;
    };
    for (const file of this.#small.all()) sweepOne(file);
    for (const shard of shards) for (const entry of await readdir(this.#pathOf(shard))) sweepOne(`${shard}/${entry}`);
    return removed;
  }

  /** Resolves when all removals so far are done. */
  async settled(): Promise<void> {
    await Promise.all(this.#removals);
  }

  #pathOf(file: string): string {
    return join(this.#directory, file);
  }

  #nextName(): string {
    const entry = this.#nextEntry();
    return `${shards[this.#count % shards.length]}/${entry}`;
  }

  #nextEntry(): string {
    this.#count += 1;
    return this.#prefix + this.#count.toString(36);
  }

  #removeNow(file: string): void {
    if (this.#small.isOne(file)) {
      this.#small.remove(file);
      return;
    }
    const removal = unlink(this.#pathOf(file))
      .catch(() => undefined)
      .then(() => void this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  #release(file: string): void {
    const left = this.#readers.get(file)! - 1;
    if (left > 0) this.#readers.set(file, left);
    else this.#readers.delete(file);
    if (left === 0 && this.#condemned.delete(file)) this.#removeNow(file);
  }
}

async function newFile(name: string, path: string): Promise<NewFile> {
  const handle = await open(path, 'wx');
  return {
    name,
    async write(buffers) {
      const { bytesWritten } = await handle.writev(buffers);
      requireWritten(bytesWritten, buffers);
    },
    async commit() {
      await handle.datasync();
      await handle.close();
    },
    async discard() {
      await handle.close().catch(() => undefined);
      await unlink(path).catch(() => undefined);
    },
  };
}

const flush = promisify(fdatasync);

function requireWritten(bytesWritten: number, buffers: readonly Buffer[]): void {
  const total = lengthOf(buffers);
  if (bytesWritten !== total) throw new Error(`wrote ${bytesWritten} of ${total} bytes: is the disk full?`);
}

function lengthOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, buffer) => sum + buffer.length, 0);
}

function fileReader(handle: FileHandle): ContentReader {
  return {
    read: async (target, position, length) => (await handle.read(target, 0, length, position)).bytesRead,
    close: () => handle.close(),
  };
}

function memoryReader(bytes: Buffer): ContentReader {
  return {
    read: async (target, position, length) => bytes.copy(target, 0, position, position + length),
    close: async () => undefined,
  };
}
