/**
 * Lines of the world's log formats with the level each carries, written for these tests. `none`: the line opens an event and says no level.
 * `text`: the line opens no event and says no level.
 * `exception`: it says a level, but goes on with the event before it, if there is one.
 */
import type { Level } from '#shared/logs/error-record.ts';

export type Expected = Level | 'none' | 'text' | 'exception';

export interface Format {
  readonly name: string;
  readonly lines: readonly (readonly [Expected, string])[];
}
