/**
 * Wrong attempts make the next ones wait. They are counted per subject, so that many addresses gain nothing; who is not there is counted alike.
 */
import { RecordRefused } from './auth-database.ts';
import type { Engine } from './engine.ts';
import type { Subject } from './realm.ts';

/** From the fifth wrong attempt in a row on: 30 s, 1, 2, 4 … at most 15 minutes. */
const back = { freeFailures: 4, firstSeconds: 30, mostSeconds: 900 } as const;
/** Counts are forgotten a day after the last failure. */
const forgottenAfterMs = 86_400_000;

export interface Failures {
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly lastFailureAt: number;
}

/** Seconds until another attempt is taken; 0 when it is taken now. */
export function lockedSeconds(counted: Failures | undefined, nowMs: number): number {
  if (counted === undefined || counted.failures <= back.freeFailures) return 0;
  const seconds = Math.min(back.mostSeconds, back.firstSeconds * 2 ** (counted.failures - back.freeFailures - 1));
  return Math.max(0, Math.ceil((counted.lastFailureAt + seconds * 1_000 - nowMs) / 1_000));
}

/** As many wrong attempts as an attempt may have been taken on: where there are more by now, it should have waited. */
export const takenOn = (counted: Failures | undefined): number => Math.max(back.freeFailures, counted?.failures ?? 0);

/** Counts a wrong password of a subject, whether there is such a subject or not. Answers how many there were in a row. */
export async function countFailure<User extends Subject>(engine: Engine<User>, userId: string): Promise<number> {
  const now = engine.clock.now();
  const again = { lastFailureAt: now, expiresAt: new Date(now + forgottenAfterMs) };
  const where = [{ field: 'userId', value: userId }];
  const increment = () => engine.records.incrementOne<Failures>({ model: 'failures', where, increment: { failures: 1 }, set: again });
  const counted = await increment();
  if (counted !== null) return counted.failures;
  try {
    await engine.records.create({ model: 'failures', data: { id: userId, userId, failures: 1, ...again }, forceAllowId: true });
    return 1;
  } catch (error) {
    // Another attempt was the first.
    if (error instanceof RecordRefused) return (await increment())?.failures ?? 1;
    throw error;
  }
}
