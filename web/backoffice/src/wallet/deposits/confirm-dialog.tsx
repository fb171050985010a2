import { Alert, TextField } from '@mui/material';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useApi, useDesk } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { AmountField } from '../amount-field.tsx';
import type { DepositDetail } from './deposit-source.ts';
import { depositTexts } from './text.ts';
import { useMeanwhile } from './use-meanwhile.tsx';

interface ConfirmDialogProps {
  readonly deposit: DepositDetail;
  readonly close: () => void;
}

/** What the API takes for a reference. */
const referencePattern = /^[\w./:-]{4,64}$/;

/** Says that a transfer has come: read off the bank statement, with the reference that it has there. */
export function ConfirmDialog({ deposit, close }: ConfirmDialogProps) {
  const api = useApi();
  const text = useText(depositTexts);
  const format = useFormat();
  const [bankReference, setReference] = useState('');
  const [amount, setAmount] = useState(String(deposit.totalRupiah));
  const [received, setReceived] = useState('');
  const [reason, setReason] = useState('');
  const meanwhile = useMeanwhile(deposit.id);
  const { now } = useDesk();
  const isAhead = received !== '' && new Date(received).getTime() > now();
  const differs = amount !== '' && Number(amount) !== deposit.totalRupiah;
  const decide = () => {
    const receivedAt = received === '' ? {} : { receivedAt: new Date(received).toISOString() };
    const body = { bankReference, amountRupiah: Number(amount), ...receivedAt, reason: reason.trim(), version: deposit.version };
    const params = { path: { depositId: deposit.id } };
    return meanwhile.guard(() => answer(api.POST('/api/admin/deposits/{depositId}/confirm', { params, body })));
  };
  return (
    <DecisionDialog
      title={text.actions.confirm}
      explanation={text.explanations.confirm(format.rupiah(deposit.totalRupiah))}
      confirm={text.actions.confirm}
      isReady={referencePattern.test(bankReference) && Number(amount) > 0 && !isAhead && isReason(reason)}
      decide={decide}
      done={text.done.confirm}
      close={close}
    >
      <TextField
        label={text.confirm.reference}
        value={bankReference}
        required
        fullWidth
        autoFocus
        margin="dense"
        helperText={text.confirm.referenceHint}
        onChange={({ target }) => setReference(target.value.trim())}
        slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false, maxLength: 64 } }}
      />
      <AmountField
        label={text.confirm.amount}
        value={amount}
        onChange={setAmount}
        hint={text.facts.total + ': ' + format.rupiah(deposit.totalRupiah)}
      />
      {differs ? (
        <Alert severity="warning" variant="outlined" sx={{ color: 'text.primary' }}>
          {text.confirm.differs}
        </Alert>
      ) : null}
      <TextField
        type="datetime-local"
        label={text.confirm.received}
        value={received}
        fullWidth
        error={isAhead}
        helperText={isAhead ? text.confirm.ahead : undefined}
        onChange={({ target }) => setReceived(target.value)}
        slotProps={{ inputLabel: { shrink: true } }}
      />
      <ReasonField value={reason} onChange={setReason} />
      {meanwhile.note}
    </DecisionDialog>
  );
}
