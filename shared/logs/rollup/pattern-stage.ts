/**
 * What stands between the scan of a range and its records' store: personal data goes, patterns come, and everything is counted for the file's roll-up.
 */
import type { ErrorRecord } from '../error-record.ts';
import type { LogFile } from '../log-file.ts';
import { templateOf } from '../patterns/record-template.ts';
import type { PatternedRecord } from '../ports.ts';
import { redactRecord } from '../redaction/redact-record.ts';
import type { Redact } from '../redaction/redact.ts';
import { RecordSummary, summaryPlace } from './record-summary.ts';

export interface PatternStage {
  /** Of everything taken so far. */
  readonly summary: RecordSummary;
  take(records: readonly ErrorRecord[]): PatternedRecord[];
}

export function patternStage(redact: Redact, file: Pick<LogFile, 'uploadedAtMs'>, range: number): PatternStage {
  const summary = new RecordSummary();
  const place = summaryPlace(file, range);
  return {
    summary,
    take: (records) =>
      records.map((found) => {
        const record = redactRecord(redact, found);
        const template = templateOf(record);
        summary.add(record, template, place);
        return { ...record, patternId: template.id, template: template.template };
      }),
  };
}
