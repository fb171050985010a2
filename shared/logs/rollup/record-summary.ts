/**
 * What a range's records say together: the sketch of their patterns, and when and by which services they were written. Summaries of a file's ranges
 * merge into the file's, the same in any order and for any cut.
 */
import * as z from 'zod';
import type { ErrorRecord } from '../error-record.ts';
import { listedAtOf } from '../listed-at.ts';
import { RecordSketch, type RecordSketchData } from '../patterns/mine-records.ts';
import type { RecordTemplate } from '../patterns/record-template.ts';
import { aggregateLimits, noService } from './aggregates.ts';
import { patternLimits } from './pattern.ts';
import { ServiceHours, serviceHoursData } from './service-hours.ts';
import { noHour, SightTally } from './sight-tally.ts';

const leafData = z.tuple([z.string(), z.int().nonnegative(), z.unknown().optional()]);
const traceData = z.tuple([z.string(), z.int().nonnegative(), z.string(), z.unknown().optional()]);
const summaryData = z.object({
  records: z.int().nonnegative(),
  services: serviceHoursData,
  sketch: z.object({
    messages: z.object({
      buckets: z.array(z.object({ bucket: z.int().nonnegative(), grain: z.int().nonnegative(), leaves: z.array(leafData) })),
    }),
    traces: z.object({ total: z.int().nonnegative(), idMax: z.string().nullable(), traces: z.array(traceData) }),
  }) satisfies z.ZodType<RecordSketchData>,
});

/** Where records come from, and which of their times have an hour (ISO 8601). */
export interface SummaryPlace {
  readonly uploadedAtMs: number;
  readonly range: number;
  readonly earliest: string;
  readonly latest: string;
}

/** What counts of a record. */
type Summarised = Omit<ErrorRecord, 'length' | 'lineInRange' | 'truncated' | 'timeAssumed'>;

const dayMs = 86_400_000;

/** Hours are kept for some months back, and a clock may go wrong: a time out of that has no hour. */
export function summaryPlace({ uploadedAtMs }: { readonly uploadedAtMs: number }, range: number): SummaryPlace {
  return {
    uploadedAtMs,
    range,
    earliest: new Date(uploadedAtMs - aggregateLimits.retentionDays * dayMs).toISOString(),
    latest: new Date(uploadedAtMs + aggregateLimits.aheadDaysMax * dayMs).toISOString(),
  };
}

export class RecordSummary {
  readonly services: ServiceHours;
  readonly sketch: RecordSketch<SightTally>;
  #records: number;

  constructor(services = new ServiceHours(), sketch = new RecordSketch<SightTally>(), records = 0) {
    this.services = services;
    this.sketch = sketch;
    this.#records = records;
  }

  get records(): number {
    return this.#records;
  }

  add(record: Summarised, template: RecordTemplate, { uploadedAtMs, range, earliest, latest }: SummaryPlace): void {
    const listedAt = listedAtOf(record, uploadedAtMs);
    const hour = listedAt >= earliest && listedAt <= latest ? listedAt.slice(0, 'yyyy-mm-ddThh'.length) : noHour;
    const service = record.logger?.slice(0, patternLimits.serviceCharactersMax) ?? noService;
    const sighting = { level: record.level, listedAt, hour, service, range, offset: record.offset };
    this.#records += 1;
    this.services.add(sighting);
    const counted = this.sketch.add(record, template);
    if (counted === undefined) return;
    counted.tally ??= new SightTally();
    counted.tally.add(sighting);
  }

  /** The other must not be added to afterwards. */
  merge(other: RecordSummary): void {
    this.#records += other.#records;
    this.services.merge(other.services);
    this.sketch.merge(other.sketch);
  }

  /** Plain JSON. */
  toData(): unknown {
    return { records: this.#records, services: this.services.toData(), sketch: this.sketch.toData() };
  }

  /** Throws for what is no summary. */
  static fromData(data: unknown): RecordSummary {
    const { records, services, sketch } = summaryData.parse(data);
    const tallied = RecordSketch.fromData(sketch, (tally) => SightTally.fromData(tally));
    return new RecordSummary(ServiceHours.fromData(services), tallied, records);
  }
}
