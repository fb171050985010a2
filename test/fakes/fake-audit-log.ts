import { auditId, sealed, type AuditEntry, type AuditRecord } from '#shared/platform/audit/audit-record.ts';
import { dayOf } from '#shared/platform/audit/days.ts';
import { keyOfPosition, listedKey } from '#shared/platform/audit/dynamodb-audit-keys.ts';
import type { AuditLog, AuditReader } from '#shared/platform/audit/ports.ts';
import type { Clock } from '#shared/platform/clock.ts';

export interface FakeAuditLog extends AuditLog, AuditReader {
  /** Everything that was appended, in that order. */
  all(): AuditRecord[];
  /** Puts something else where a record stands, as somebody would who got hold of the table. */
  tamper(id: string, change: Partial<AuditRecord> | 'remove'): void;
}

/** The audit log in memory, with the promises of `AuditLog` and `AuditReader`. */
export function fakeAuditLog(clock: Clock): FakeAuditLog {
  let kept: AuditRecord[] = [];
  const inStream = (stream: string): AuditRecord[] => kept.filter((record) => record.stream === stream).toSorted((a, b) => a.seq - b.seq);
  const copies = (records: readonly AuditRecord[]): AuditRecord[] => structuredClone([...records]);
  const append = async (entry: AuditEntry): Promise<AuditRecord> => {
    const record = sealed(entry, inStream(entry.stream).at(-1), clock.now());
    kept.push(record);
    return structuredClone(record);
  };
  return {
    all: () => copies(kept),
    tamper(id, change) {
      kept = kept.flatMap((record) => {
        if (auditId(record) !== id) return record;
        return change === 'remove' ? [] : { ...record, ...change };
      });
    },
    append,
    async within(entry, write) {
      // A write that is refused leaves no record.
      const answer = await write([]);
      await append(entry);
      return answer;
    },
    async newest(shelf, { from, before, after, limit }) {
      const found = kept
        .filter((record) => ('day' in shelf ? dayOf(record.at) === shelf.day : record.actor === shelf.actor))
        .filter(({ at }) => (from === undefined || at >= from) && (before === undefined || at < before))
        .filter((record) => after === undefined || listedKey(record) < keyOfPosition(after));
      return copies(found.toSorted((a, b) => (listedKey(a) > listedKey(b) ? -1 : 1)).slice(0, limit));
    },
    async ofStream(stream, { before = Infinity, limit }) {
      return copies(
        inStream(stream)
          .filter(({ seq }) => seq < before)
          .toReversed()
          .slice(0, limit),
      );
    },
    async days({ since, until, limit }) {
      const days = [...new Set(kept.map(({ at }) => dayOf(at)))].toSorted().toReversed();
      return days.filter((day) => (since === undefined || day >= since) && (until === undefined || day <= until)).slice(0, limit);
    },
    async links(stream, { behind, limit }) {
      const records = copies(inStream(stream));
      const wanted = behind === 'newest' ? records.slice(-limit) : records.filter(({ seq }) => seq > behind).slice(0, limit);
      return wanted.map((record) => ({ id: auditId(record), record }));
    },
    async *streams() {
      yield* new Set(kept.map(({ stream }) => stream));
    },
  };
}
