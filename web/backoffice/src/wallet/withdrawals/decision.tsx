import { Alert, TextField } from '@mui/material';
import { useState } from 'react';
import { type Api, answer } from '../../shell/api/client.ts';
import { asProblem } from '../../shell/api/problem.ts';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { bankAccountOf, useHolderNote } from './destination.tsx';
import { withdrawalTexts } from './text.ts';
import { useFaster } from './use-faster.ts';
import { mayBePaid, readWithdrawal, type Withdrawal } from './withdrawal-source.ts';

/** What the API takes for an id of the gateway. */
const gatewayIdPattern = /^[A-Za-z0-9][\w.~-]{0,99}$/;

/** Decisions that are confirmed first. */
export type WithdrawalDecision = Exclude<Withdrawal['actions'][number], 'refresh'>;

interface WithdrawalDialogProps {
  readonly withdrawal: Withdrawal;
  readonly decision: WithdrawalDecision;
  readonly close: () => void;
}

/** One decision about one withdrawal. When somebody else was faster, it says who. */
export function WithdrawalDialog({ withdrawal, decision, close }: WithdrawalDialogProps) {
  const api = useApi();
  const text = useText(withdrawalTexts);
  const format = useFormat();
  const [reason, setReason] = useState('');
  const [gatewayPayoutId, setGatewayPayoutId] = useState('');
  const [meanwhile, setMeanwhile] = useState<Withdrawal>();
  const faster = useFaster()(meanwhile ?? { ...withdrawal, state: 'submitted' });
  const { approvals, approvalsNeeded } = withdrawal;
  const needsReason = decision !== 'approve';
  const isFirst = decision === 'approve' && approvals.length + 1 < approvalsNeeded;
  const decide = async (): Promise<void> => {
    try {
      await sendDecision(api, withdrawal.id, { decision, reason: reason.trim(), gatewayPayoutId });
    } catch (error) {
      if (asProblem(error).code === 'withdrawals.already-decided') setMeanwhile(await readWithdrawal(api, withdrawal.id));
      throw error;
    }
  };
  const explanation = useExplanation(withdrawal, decision);
  return (
    <DecisionDialog
      title={`${text.actions[decision]}: ${format.rupiah(withdrawal.amountRupiah)}`}
      explanation={explanation}
      confirm={text.actions[decision]}
      isDangerous={decision === 'reject' || decision === 'give-up'}
      isReady={isComplete({ decision, reason, gatewayPayoutId })}
      decide={decide}
      done={text.done[isFirst ? 'first-approval' : decision]}
      close={close}
    >
      <Warning withdrawal={withdrawal} decision={decision} />
      {isFirst ? (
        <Alert severity="info" variant="outlined" sx={{ color: 'text.primary' }}>
          {text.needsTwo}
        </Alert>
      ) : null}
      {decision === 'found' ? <PayoutIdField value={gatewayPayoutId} onChange={setGatewayPayoutId} /> : null}
      {needsReason ? <ReasonField value={reason} onChange={setReason} /> : null}
      {faster === undefined ? null : (
        <Alert severity="info" variant="outlined" sx={{ color: 'text.primary' }}>
          {faster}
        </Alert>
      )}
    </DecisionDialog>
  );
}

/** What would make the decision a wrong one: the money goes to somebody else, or a second time. */
function Warning({ withdrawal, decision }: Pick<WithdrawalDialogProps, 'withdrawal' | 'decision'>) {
  const { mayBePaidNote } = useText(withdrawalTexts);
  const holderNote = useHolderNote();
  const isSent = decision === 'approve' || decision === 'retry';
  const notes = [
    isSent ? holderNote(withdrawal.destination) : undefined,
    (decision === 'retry' || decision === 'give-up') && mayBePaid(withdrawal) ? mayBePaidNote : undefined,
  ].filter((note) => note !== undefined);
  return notes.map((note) => (
    <Alert key={note} severity="warning" variant="outlined" sx={{ color: 'text.primary' }}>
      {note}
    </Alert>
  ));
}

function useExplanation({ payoutRupiah, destination }: Withdrawal, decision: WithdrawalDecision): string {
  const { explanations } = useText(withdrawalTexts);
  const format = useFormat();
  if (decision !== 'approve') return explanations[decision];
  return explanations.approve(format.rupiah(payoutRupiah), `${destination.accountName} (${bankAccountOf(destination)})`);
}

interface PayoutIdFieldProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function PayoutIdField({ value, onChange }: PayoutIdFieldProps) {
  const text = useText(withdrawalTexts);
  return (
    <TextField
      label={text.gatewayPayoutId}
      value={value}
      required
      fullWidth
      autoFocus
      margin="dense"
      onChange={({ target }) => onChange(target.value.trim())}
      slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false, maxLength: 100 } }}
    />
  );
}

function isComplete({ decision, reason, gatewayPayoutId }: Decided): boolean {
  if (decision === 'approve') return true;
  return isReason(reason) && (decision !== 'found' || gatewayIdPattern.test(gatewayPayoutId));
}

interface Decided {
  readonly decision: WithdrawalDecision;
  readonly gatewayPayoutId: string;
  readonly reason: string;
}

function sendDecision(api: Api, withdrawalId: string, { decision, reason, gatewayPayoutId }: Decided): Promise<unknown> {
  const params = { path: { withdrawalId } };
  if (decision === 'approve') return answer(api.POST('/api/admin/withdrawals/{withdrawalId}/approve', { params, body: {} }));
  if (decision === 'reject') return answer(api.POST('/api/admin/withdrawals/{withdrawalId}/reject', { params, body: { reason } }));
  if (decision === 'retry') return answer(api.POST('/api/admin/withdrawals/{withdrawalId}/retry', { params, body: { reason } }));
  if (decision === 'found')
    return answer(api.POST('/api/admin/withdrawals/{withdrawalId}/payout', { params, body: { gatewayPayoutId, reason } }));
  return answer(api.POST('/api/admin/withdrawals/{withdrawalId}/give-up', { params, body: { reason } }));
}
