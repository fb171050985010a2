import { Chip, Typography } from '@mui/material';
import { ChoiceField, FilterBar } from '../../shell/list/filter-bar.tsx';
import { oneOf } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { RowLink } from '../../shell/list/row-link.tsx';
import { useRecordList } from '../../shell/list/use-record-list.ts';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useText } from '../../shell/use-text.ts';
import { InviteButton } from './invite-button.tsx';
import { StaffSections } from './staff-sections.tsx';
import type { Staff } from './staff-source.ts';
import { staffTexts } from './text.ts';

const statuses = ['active', 'disabled'] as const;
const filters = { status: oneOf(statuses) };

/** Staff accounts, newest first. */
export function StaffListPage() {
  const text = useText(staffTexts);
  const list = useRecordList<Staff, typeof filters>('staff', filters);
  const columns: readonly Column<Staff>[] = [
    { name: 'name', label: text.columns.name, cell: (staff) => <Who staff={staff} /> },
    { name: 'roles', label: text.columns.roles, cell: (staff) => <Roles staff={staff} /> },
    { name: 'status', label: text.columns.status, cell: ({ status }) => <StaffStatusChip status={status} /> },
    { name: 'createdAt', label: text.columns.created, cell: ({ createdAt }) => <Moment iso={createdAt} /> },
    { name: 'lastSeenAt', label: text.columns.lastSeen, cell: ({ lastSeenAt }) => <Moment iso={lastSeenAt} isShort /> },
  ];
  const card = (staff: Staff) => (
    <>
      <Who staff={staff} />
      <Roles staff={staff} />
      <StaffStatusChip status={staff.status} />
    </>
  );
  return (
    <Page title={text.title} actions={<InviteButton />}>
      <StaffSections current="/staff" />
      <FilterBar isFiltered={list.isFiltered} clear={list.clear}>
        <ChoiceField
          label={text.status}
          value={list.values.status}
          onChange={(status) => list.filterBy({ status })}
          choices={statuses.map((status) => ({ value: status, label: text.statuses[status] }))}
        />
      </FilterBar>
      <RecordRows list={list} columns={columns} card={card} empty={{ title: text.emptyTitle, text: text.empty }} label={text.list} />
    </Page>
  );
}

function Who({ staff: { id, name, email } }: { readonly staff: Staff }) {
  return (
    <>
      <RowLink to={`/staff/${id}/show`}>{name}</RowLink>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {email}
      </Typography>
    </>
  );
}

function Roles({ staff: { roles } }: { readonly staff: Pick<Staff, 'roles'> }) {
  const { roles: names } = useText(shellTexts);
  return <Typography variant="body2">{roles.map((role) => names[role]).join(', ')}</Typography>;
}

export function StaffStatusChip({ status }: { readonly status: Staff['status'] }) {
  const text = useText(staffTexts);
  return <Chip size="small" variant="outlined" color={status === 'active' ? 'success' : 'default'} label={text.statuses[status]} />;
}
