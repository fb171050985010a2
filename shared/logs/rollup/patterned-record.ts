import type { ErrorRecord } from '../error-record.ts';
import { templateOf } from '../patterns/record-template.ts';
import type { PatternedRecord } from '../ports.ts';

/** A record as it is stored: with its pattern by itself. */
export function patterned(record: ErrorRecord): PatternedRecord {
  const { id, template } = templateOf(record);
  return { ...record, patternId: id, template };
}
