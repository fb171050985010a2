/**
 * Records of a file by service, hour and level, in bounded memory: beyond the bound, the services with the smallest names are kept, and the others
 * counted together, in whatever order and cut they come.
 */
import * as z from 'zod';
import { aggregateLimits, otherServices } from './aggregates.ts';
import type { LevelCounts } from './pattern.ts';
import type { Sighting } from './sight-tally.ts';

type Hours = Map<string, LevelCounts>;

export const serviceHoursData = z.object({
  /** Names beyond this one were counted together. */
  nameMax: z.string().nullable(),
  services: z.record(z.string(), z.record(z.string(), z.tuple([z.int().nonnegative(), z.int().nonnegative()]))),
});

export class ServiceHours {
  readonly #services = new Map<string, Hours>();
  #nameMax: string | undefined;

  add({ service, hour, level }: Sighting): void {
    const hours = this.#hoursOf(service);
    const counts = hours.get(hour);
    if (counts === undefined) hours.set(hour, { error: 0, fatal: 0, [level]: 1 });
    else counts[level] += 1;
  }

  merge(other: ServiceHours): void {
    for (const [service, hours] of other.#services) addHours(this.#hoursOf(service), hours);
    if (other.#nameMax !== undefined && (this.#nameMax === undefined || other.#nameMax < this.#nameMax)) this.#foldBeyond(other.#nameMax);
  }

  /** By name. */
  get services(): ReadonlyMap<string, ReadonlyMap<string, Readonly<LevelCounts>>> {
    return new Map([...this.#services].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  toData(): z.infer<typeof serviceHoursData> {
    const services = [...this.services].map(([service, hours]) => [
      service,
      Object.fromEntries([...hours].map(([hour, { error, fatal }]) => [hour, [error, fatal]])),
    ]);
    return { nameMax: this.#nameMax ?? null, services: Object.fromEntries(services) as z.infer<typeof serviceHoursData>['services'] };
  }

  static fromData({ nameMax, services }: z.infer<typeof serviceHoursData>): ServiceHours {
    const all = new ServiceHours();
    all.#nameMax = nameMax ?? undefined;
    for (const [service, hours] of Object.entries(services))
      all.#services.set(service, new Map(Object.entries(hours).map(([hour, [error, fatal]]) => [hour, { error, fatal }])));
    return all;
  }

  #hoursOf(service: string): Hours {
    const name = this.#nameMax !== undefined && service > this.#nameMax ? otherServices : service;
    let hours = this.#services.get(name);
    if (hours === undefined) {
      hours = new Map();
      this.#services.set(name, hours);
      if (this.#named().length > aggregateLimits.servicesPerFileMax) {
        this.#foldBeyond(this.#named()[aggregateLimits.servicesPerFileMax - 1] ?? '');
        return this.#hoursOf(service);
      }
    }
    return hours;
  }

  #named(): string[] {
    return [...this.#services.keys()].filter((name) => name !== otherServices).toSorted();
  }

  #foldBeyond(nameMax: string): void {
    this.#nameMax = nameMax;
    for (const name of this.#named().filter((one) => one > nameMax)) {
      const hours = this.#services.get(name) ?? new Map<string, LevelCounts>();
      this.#services.delete(name);
      addHours(this.#hoursOf(otherServices), hours);
    }
  }
}

function addHours(into: Hours, from: ReadonlyMap<string, LevelCounts>): void {
  for (const [hour, { error, fatal }] of from) {
    const counts = into.get(hour);
    if (counts === undefined) into.set(hour, { error, fatal });
    else {
      counts.error += error;
      counts.fatal += fatal;
    }
  }
}
