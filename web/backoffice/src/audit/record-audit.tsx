import { useRecordList } from '../shell/list/use-record-list.ts';
import type { Filters } from '../shell/list/filters.ts';
import { AuditRows } from './audit-rows.tsx';
import type { AuditRecord } from './audit-source.ts';

const noFilters: Filters = {};

/** The audit log of one record, for a tab of its page: `member:123…`. */
export function RecordAudit({ subject }: { readonly subject: string }) {
  return <AuditRows list={useRecordList<AuditRecord, Filters>('audit', noFilters, { fixed: { subject } })} />;
}
