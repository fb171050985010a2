import { templateOf } from '#shared/logs/patterns/record-template.ts';
import { redact } from '#shared/logs/redaction/redact.ts';
import { redactRecord } from '#shared/logs/redaction/redact-record.ts';
import { foundPatterns, type FoundPattern } from '#shared/logs/rollup/found-patterns.ts';
import { noLevelCounts, type LevelCounts } from '#shared/logs/rollup/pattern.ts';
import { RecordSummary, summaryPlace } from '#shared/logs/rollup/record-summary.ts';
import { clearBar, progressBar, type ScanReport } from './report.ts';

/** Counts of records, and the patterns that the system makes of the file, as one JSON object on standard output. */
export function patternsReport(): ScanReport {
  const summary = new RecordSummary();
  const place = summaryPlace({ uploadedAtMs: Date.now() }, 0);
  return {
    records: async (batch) => {
      for (const found of batch) {
        const record = redactRecord(redact, found);
        summary.add(record, templateOf(record), place);
      }
    },
    progress: progressBar(),
    end: (input, { lines, bytes }) => {
      clearBar();
      const patterns = foundPatterns(summary)
        .map((pattern) => ({ id: pattern.id, template: pattern.template, counts: countsOf(pattern) }))
        .toSorted((a, b) => b.counts.error + b.counts.fatal - a.counts.error - a.counts.fatal || (a.template < b.template ? -1 : 1));
      console.log(JSON.stringify({ file: input.name, lines, bytes, records: summary.records, patterns }));
    },
  };
}

function countsOf({ fingerprints }: FoundPattern): LevelCounts {
  const sum = { ...noLevelCounts };
  for (const { error, fatal } of fingerprints.values().flatMap(({ hours }) => hours.values())) {
    sum.error += error;
    sum.fatal += fatal;
  }
  return sum;
}
