import { Stack, Typography } from '@mui/material';
import { membershipStatuses } from './statuses.ts';
import { ChoiceField, DayField, FilterBar, SearchField } from '../../shell/list/filter-bar.tsx';
import { day, oneOf, textUpTo } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { RowLink } from '../../shell/list/row-link.tsx';
import { useRecordList } from '../../shell/list/use-record-list.ts';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { useText } from '../../shell/use-text.ts';
import type { Member } from './member-source.ts';
import { StatusChip } from './status-chip.tsx';
import { memberTexts } from './text.ts';

const filters = { q: textUpTo(254), status: oneOf(membershipStatuses), kyc: oneOf(['submitted']), createdFrom: day, createdTo: day };

/** Members, newest first. */
export function MemberListPage() {
  const text = useText(memberTexts);
  const list = useRecordList<Member, typeof filters>('members', filters);
  const columns: readonly Column<Member>[] = [
    { name: 'handle', label: text.columns.handle, cell: (member) => <Who member={member} /> },
    { name: 'contact', label: text.columns.contact, cell: (member) => <Contact member={member} /> },
    { name: 'status', label: text.columns.status, cell: ({ status }) => <StatusChip status={status} /> },
    { name: 'createdAt', label: text.columns.created, cell: ({ createdAt }) => <Moment iso={createdAt} /> },
    { name: 'lastSeenAt', label: text.columns.lastSeen, cell: ({ lastSeenAt }) => <Moment iso={lastSeenAt} isShort /> },
  ];
  return (
    <Page title={text.title}>
      <MemberFilters list={list} />
      <RecordRows
        list={list}
        columns={columns}
        card={(member) => <MemberCard member={member} />}
        empty={{ title: text.emptyTitle, text: text.empty }}
        label={text.list}
      />
    </Page>
  );
}

function MemberFilters({ list }: { readonly list: ReturnType<typeof useRecordList<Member, typeof filters>> }) {
  const text = useText(memberTexts);
  const { values } = list;
  return (
    <FilterBar isFiltered={list.isFiltered} clear={list.clear}>
      <SearchField label={text.search} hint={text.searchHint} value={values.q} onChange={(q) => list.filterBy({ q })} />
      <ChoiceField
        label={text.status}
        value={values.status}
        onChange={(status) => list.filterBy({ status })}
        choices={membershipStatuses.map((status) => ({ value: status, label: text.statuses[status] }))}
      />
      <ChoiceField
        label={text.kyc}
        value={values.kyc}
        onChange={(kyc) => list.filterBy({ kyc })}
        choices={[{ value: 'submitted', label: text.kycWaiting }]}
      />
      <DayField label={text.createdFrom} value={values.createdFrom} onChange={(createdFrom) => list.filterBy({ createdFrom })} />
      <DayField label={text.createdTo} value={values.createdTo} onChange={(createdTo) => list.filterBy({ createdTo })} />
    </FilterBar>
  );
}

function Who({ member: { id, handle, displayName } }: { readonly member: Member }) {
  return (
    <>
      <RowLink to={`/members/${id}/show`}>@{handle}</RowLink>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {displayName}
      </Typography>
    </>
  );
}

function Contact({ member: { email, phone } }: { readonly member: Member }) {
  return [email, phone]
    .filter((contact) => contact !== null)
    .map((contact) => (
      <Typography key={contact} variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {contact}
      </Typography>
    ));
}

function MemberCard({ member }: { readonly member: Member }) {
  return (
    <>
      <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1 }}>
        <div>
          <Who member={member} />
        </div>
        <StatusChip status={member.status} />
      </Stack>
      <Contact member={member} />
      <Typography variant="body2" color="textSecondary">
        <Moment iso={member.createdAt} isShort />
      </Typography>
    </>
  );
}
