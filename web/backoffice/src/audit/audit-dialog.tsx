import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { answer } from '../shell/api/client.ts';
import { Answered } from '../shell/answered.tsx';
import { CopyText } from '../shell/copy-text.tsx';
import { useApi } from '../shell/desk-context.ts';
import { Facts } from '../shell/facts.tsx';
import { Moment } from '../shell/moment.tsx';
import { useFormat, useText } from '../shell/use-text.ts';
import { useState } from 'react';
import type { AuditRecord } from './audit-source.ts';
import { ChangeTable } from './change-table.tsx';
import { streamOf } from './changes.ts';
import { auditTexts } from './text.ts';

interface AuditDialogProps {
  readonly record: AuditRecord;
  readonly close: () => void;
}

/** One record with all there is to it, and on request whether the chain it belongs to is whole. */
export function AuditDialog({ record, close }: AuditDialogProps) {
  const text = useText(auditTexts);
  const [isChecked, setChecked] = useState(false);
  return (
    <Dialog open onClose={close} fullWidth maxWidth="md" aria-labelledby="audit-title">
      <DialogTitle id="audit-title" sx={{ overflowWrap: 'anywhere' }}>
        {record.action}
      </DialogTitle>
      <DialogContent>
        <ChangeTable record={record} />
        <Facts
          facts={[
            { name: text.at, value: <Moment iso={record.at} /> },
            { name: text.actor, value: `${record.actorName ?? text.nobody} (${record.actor})` },
            { name: text.subject, value: <CopyText text={record.subject} /> },
            { name: text.reason, value: record.reason },
            { name: text.source, value: record.address },
            { name: text.userAgent, value: record.userAgent },
            { name: text.request, value: record.requestId && <CopyText text={record.requestId} /> },
            { name: text.stream, value: <CopyText text={record.id} /> },
            { name: text.hash, value: <CopyText text={record.hash} /> },
          ]}
        />
        {isChecked ? <ChainState stream={streamOf(record.id)} /> : null}
      </DialogContent>
      <DialogActions>
        <Button onClick={() => setChecked(true)} disabled={isChecked}>
          {text.check}
        </Button>
        <Button onClick={close}>{text.close}</Button>
      </DialogActions>
    </Dialog>
  );
}

function ChainState({ stream }: { readonly stream: string }) {
  const api = useApi();
  const text = useText(auditTexts);
  const format = useFormat();
  const query = useQuery({
    queryKey: ['audit-chain', stream],
    queryFn: () => answer(api.GET('/api/admin/audit/streams/{stream}/chain', { params: { path: { stream } } })),
  });
  return (
    <Answered query={query}>
      {({ state, records, brokenAt }) => (
        <Alert severity={state === 'broken' ? 'error' : 'success'} variant="outlined" sx={{ color: 'text.primary' }}>
          {state === 'broken' ? text.broken(brokenAt ?? stream) : text[state](format.count(records))}
        </Alert>
      )}
    </Answered>
  );
}
