import { Button, Typography } from '@mui/material';
import { useState } from 'react';
import type { Filters } from '../shell/list/filters.ts';
import { type Column, RecordRows } from '../shell/list/record-list.tsx';
import type { RecordList } from '../shell/list/use-record-list.ts';
import { Moment } from '../shell/moment.tsx';
import { useText } from '../shell/use-text.ts';
import { AuditDialog } from './audit-dialog.tsx';
import type { AuditRecord } from './audit-source.ts';
import { changesOf } from './changes.ts';
import { auditTexts } from './text.ts';

export function AuditRows({ list }: { readonly list: RecordList<AuditRecord, Filters> }) {
  const text = useText(auditTexts);
  const [open, setOpen] = useState<AuditRecord>();
  const action = (record: AuditRecord) => <ActionButton record={record} open={() => setOpen(record)} />;
  const columns: readonly Column<AuditRecord>[] = [
    { name: 'action', label: text.action, cell: action },
    { name: 'at', label: text.at, cell: ({ at }) => <Moment iso={at} /> },
    { name: 'actor', label: text.actor, cell: (record) => <Actor record={record} /> },
    {
      name: 'subject',
      label: text.subject,
      cell: ({ subject }) => (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {subject}
        </Typography>
      ),
    },
    { name: 'change', label: text.change, cell: (record) => <Changes record={record} /> },
  ];
  const card = (record: AuditRecord) => (
    <>
      {action(record)}
      <Actor record={record} />
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {record.subject}
      </Typography>
      <Changes record={record} />
      <Typography variant="body2" color="textSecondary">
        <Moment iso={record.at} isShort />
      </Typography>
    </>
  );
  return (
    <>
      <RecordRows list={list} columns={columns} card={card} empty={{ title: text.emptyTitle, text: text.empty }} label={text.list} />
      {open === undefined ? null : <AuditDialog record={open} close={() => setOpen(undefined)} />}
    </>
  );
}

function ActionButton({ record, open }: { readonly record: AuditRecord; readonly open: () => void }) {
  const text = useText(auditTexts);
  return (
    <Button
      size="small"
      data-row
      onClick={open}
      aria-label={text.more(record.action)}
      sx={{ fontWeight: 600, px: 0.5, ml: -0.5, minWidth: 0, textAlign: 'start' }}
    >
      {record.action}
    </Button>
  );
}

function Actor({ record: { actor, actorName, address } }: { readonly record: AuditRecord }) {
  return (
    <>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }} title={actor}>
        {actorName ?? actor}
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {address}
      </Typography>
    </>
  );
}

/** At most this many in a row; all of them are in the details. */
const changesShownMax = 2;

function Changes({ record }: { readonly record: AuditRecord }) {
  const changed = changesOf(record.before, record.after).filter(({ isChanged }) => isChanged);
  return (
    <>
      {changed.slice(0, changesShownMax).map(({ name, before, after }) => (
        <Typography key={name} variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {name}: {before ?? '—'} → {after ?? '—'}
        </Typography>
      ))}
      {changed.length > changesShownMax ? '…' : null}
    </>
  );
}
