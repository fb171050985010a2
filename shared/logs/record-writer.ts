/**
 * Writing behind the scan: records go to the store while the next bytes are scanned, a bounded number of batches at a time.
 */
import { limits } from './limits.ts';
import type { PatternedRecord } from './ports.ts';

export interface RecordWriter {
  /** Takes records; waits while `limits.writesInFlight` batches are on their way. Throws when one of them failed. */
  push(records: readonly PatternedRecord[]): Promise<void>;
  /** Resolves when everything taken is stored. */
  flush(): Promise<void>;
}

export function recordWriter(write: (records: readonly PatternedRecord[]) => Promise<void>): RecordWriter {
  const inFlight = new Set<Promise<void>>();
  let pending: PatternedRecord[] = [];
  let failure: { readonly error: unknown } | undefined;

  const throwFailure = (): void => {
    if (failure !== undefined) throw failure.error;
  };
  const sendPending = async (): Promise<void> => {
    while (inFlight.size >= limits.writesInFlight) await Promise.race(inFlight);
    throwFailure();
    const sent = write(pending)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => inFlight.delete(sent));
    inFlight.add(sent);
    pending = [];
  };

  return {
    async push(records) {
      for (const record of records) {
        pending.push(record);
        if (pending.length >= limits.recordsPerWrite) await sendPending();
      }
    },
    async flush() {
      if (pending.length > 0) await sendPending();
      await Promise.all(inFlight);
      throwFailure();
    },
  };
}
