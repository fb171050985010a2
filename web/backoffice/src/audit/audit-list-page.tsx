import { DayField, FilterBar, SearchField, TextFilter } from '../shell/list/filter-bar.tsx';
import { day, textUpTo } from '../shell/list/filters.ts';
import { useRecordList } from '../shell/list/use-record-list.ts';
import { Page } from '../shell/page.tsx';
import { useText } from '../shell/use-text.ts';
import { AuditRows } from './audit-rows.tsx';
import type { AuditRecord } from './audit-source.ts';
import { auditTexts } from './text.ts';

const filterCharactersMax = 200;
const filters = {
  action: textUpTo(filterCharactersMax),
  actor: textUpTo(filterCharactersMax),
  subject: textUpTo(filterCharactersMax),
  from: day,
  to: day,
};

/** What was done, newest first. */
export function AuditListPage() {
  const text = useText(auditTexts);
  const list = useRecordList<AuditRecord, typeof filters>('audit', filters);
  const { values } = list;
  return (
    <Page title={text.title}>
      <FilterBar isFiltered={list.isFiltered} clear={list.clear}>
        <SearchField label={text.action} hint={text.actionHint} value={values.action} onChange={(action) => list.filterBy({ action })} />
        <TextFilter label={text.actor} hint={text.actorHint} value={values.actor} onChange={(actor) => list.filterBy({ actor })} />
        <TextFilter
          label={text.subject}
          hint={text.subjectHint}
          value={values.subject}
          onChange={(subject) => list.filterBy({ subject })}
        />
        <DayField label={text.from} value={values.from} onChange={(from) => list.filterBy({ from })} />
        <DayField label={text.to} value={values.to} onChange={(to) => list.filterBy({ to })} />
      </FilterBar>
      <AuditRows list={list} />
    </Page>
  );
}
