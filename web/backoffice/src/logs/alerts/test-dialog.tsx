import { Alert as Note, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { AttemptNote } from '../../shell/attempt/attempt-note.tsx';
import { useAttempt } from '../../shell/attempt/use-attempt.ts';
import { useApi } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import type { Alert, AlertRule } from './rule-source.ts';
import { alertTexts } from './text.ts';

/** How often its fate is asked for, and how many times: a channel that is down is tried for longer than anybody waits. */
const lookAgainMs = 1_000;
const looksMax = 60;
const severities = { pending: 'info', sent: 'success', refused: 'error' } as const satisfies Record<Alert['status'], string>;

interface TestDialogProps {
  readonly rule: AlertRule;
  readonly close: () => void;
}

/** Sends a test by the rule's channel, and shows what becomes of it. */
export function TestDialog({ rule: { id: ruleId, name }, close }: TestDialogProps) {
  const api = useApi();
  const { test: text } = useText(alertTexts);
  const attempt = useAttempt();
  const [sent, setSent] = useState<Alert>();
  const send = (): void =>
    void attempt.run(async () => {
      const { alert } = await answer(api.POST('/api/admin/logs/alert-rules/{ruleId}/tests', { params: { path: { ruleId } } }));
      setSent(alert);
    });
  return (
    <Dialog open onClose={close} aria-labelledby="test-title" fullWidth maxWidth="sm">
      <DialogTitle id="test-title">{text.title(name)}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <DialogContentText>{text.explanation}</DialogContentText>
        {sent === undefined ? null : <Fate key={sent.id} sent={sent} />}
        <AttemptNote attempt={attempt} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{text.close}</Button>
        <Button variant="contained" onClick={send} disabled={attempt.isBusy || attempt.waitSeconds > 0}>
          {sent === undefined ? text.send : text.sendAgain}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Fate({ sent }: { readonly sent: Alert }) {
  const api = useApi();
  const client = useQueryClient();
  const { test: text, alerts } = useText(alertTexts);
  const { data = sent, error } = useQuery({
    queryKey: ['log-alert', sent.id],
    queryFn: async () => {
      const found = await answer(api.GET('/api/admin/logs/alerts', { params: { query: { id: sent.id } } }));
      const alert = found.alerts[0] ?? sent;
      if (alert.status !== 'pending') void client.invalidateQueries({ queryKey: ['log-alerts'] });
      return alert;
    },
    refetchInterval: ({ state }) =>
      (state.data === undefined || state.data.status === 'pending') && state.dataUpdateCount < looksMax ? lookAgainMs : false,
  });
  return (
    <Note role="status" severity={error === null ? severities[data.status] : 'warning'} variant="outlined" data-fate={data.status}>
      {error === null ? text.fates[data.status] : alerts.statuses.pending}
      {data.detail === null ? null : ` ${data.detail}`}
    </Note>
  );
}
