/**
 * What is added up for records of one kind while they are scanned: when they were, by hour and level, by which services, and the latest of them.
 */
import * as z from 'zod';
import type { Tally } from '../patterns/tally.ts';
import { type LevelCounts, patternLimits, type Sight } from './pattern.ts';

/** One record. */
export interface Sighting {
  readonly level: 'error' | 'fatal';
  /** ISO 8601: by which it is listed. */
  readonly listedAt: string;
  /** `2026-11-21T08`, or `noHour`. */
  readonly hour: string;
  readonly service: string;
  readonly range: number;
  readonly offset: number;
}

/** The hour of a record whose time is out of all series. */
export const noHour = '';

const pair = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);
const tallyData = z.object({
  first: z.string(),
  last: z.string(),
  /** Range and offset of the last. */
  at: pair,
  services: z.array(z.string()),
  hours: z.record(z.string(), pair),
});
type TallyData = z.infer<typeof tallyData>;

export class SightTally implements Tally<SightTally> {
  #first = '';
  #last = '';
  #range = 0;
  #offset = 0;
  /** At most `servicesMax`, the first in alphabetical order. */
  #services: string[] = [];
  readonly #hours = new Map<string, LevelCounts>();

  add({ level, listedAt, hour, service, range, offset }: Sighting): void {
    if (this.#first === '' || listedAt < this.#first) this.#first = listedAt;
    this.#takeLast(listedAt, range, offset);
    if (!this.#services.includes(service)) this.#addServices([service]);
    const counts = this.#hours.get(hour);
    if (counts === undefined) this.#hours.set(hour, { error: 0, fatal: 0, [level]: 1 });
    else counts[level] += 1;
  }

  merge(other: SightTally): void {
    if (this.#first === '' || other.#first < this.#first) this.#first = other.#first;
    this.#takeLast(other.#last, other.#range, other.#offset);
    this.#addServices(other.#services);
    for (const [hour, { error, fatal }] of other.#hours) {
      const counts = this.#hours.get(hour);
      if (counts === undefined) this.#hours.set(hour, { error, fatal });
      else {
        counts.error += error;
        counts.fatal += fatal;
      }
    }
  }

  get hours(): ReadonlyMap<string, Readonly<LevelCounts>> {
    return this.#hours;
  }

  /** What it says of a file's records. There must have been one. */
  sight(fileId: string): Sight {
    const counts = { error: 0, fatal: 0 };
    for (const { error, fatal } of this.#hours.values()) {
      counts.error += error;
      counts.fatal += fatal;
    }
    return {
      counts,
      firstSeen: this.#first,
      lastSeen: this.#last,
      services: [...this.#services],
      sample: { fileId, range: this.#range, offset: this.#offset },
    };
  }

  toData(): TallyData {
    return {
      first: this.#first,
      last: this.#last,
      at: [this.#range, this.#offset],
      services: this.#services,
      hours: Object.fromEntries([...this.#hours].map(([hour, { error, fatal }]) => [hour, [error, fatal]])),
    };
  }

  static fromData(data: unknown): SightTally {
    const { first, last, at, services, hours } = tallyData.parse(data);
    const tally = new SightTally();
    tally.#first = first;
    tally.#last = last;
    [tally.#range, tally.#offset] = at;
    tally.#services = services;
    for (const [hour, [error, fatal]] of Object.entries(hours)) tally.#hours.set(hour, { error, fatal });
    return tally;
  }

  /** Of records of the same instant, the one further behind in the file. */
  #takeLast(listedAt: string, range: number, offset: number): void {
    if (listedAt < this.#last || (listedAt === this.#last && offset <= this.#offset)) return;
    this.#last = listedAt;
    this.#range = range;
    this.#offset = offset;
  }

  #addServices(services: readonly string[]): void {
    this.#services = [...new Set([...this.#services, ...services])].toSorted().slice(0, patternLimits.servicesMax);
  }
}
