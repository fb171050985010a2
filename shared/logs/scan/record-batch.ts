/**
 * Collects records until there are enough to be handed over together.
 */
import type { ErrorLevel, ErrorRecord } from '#shared/logs/error-record.ts';

/** Records, and characters of them, that wait at most. */
const batchMax = { records: 256, characters: 1024 * 1024 };

export class RecordBatch {
  readonly counts: Record<ErrorLevel, number> = { error: 0, fatal: 0 };
  #records: ErrorRecord[] = [];
  #characters = 0;

  add(record: ErrorRecord): void {
    this.#records.push(record);
    this.#characters += record.message.length + (record.stack?.length ?? 0);
    this.counts[record.level] += 1;
  }

  get isFull(): boolean {
    return this.#records.length >= batchMax.records || this.#characters >= batchMax.characters;
  }

  /** Empties the batch; the answer may be empty. */
  take(): ErrorRecord[] {
    const records = this.#records;
    this.#records = [];
    this.#characters = 0;
    return records;
  }
}
