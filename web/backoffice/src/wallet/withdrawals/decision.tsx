import { Alert } from '@mui/material';
import { useState } from 'react';
import { type Api, answer } from '../../shell/api/client.ts';
import { asProblem } from '../../shell/api/problem.ts';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { bankAccountOf } from './destination.tsx';
import { withdrawalTexts } from './text.ts';
import { useFaster } from './use-faster.ts';
import { readWithdrawal, type Withdrawal } from './withdrawal-source.ts';

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
  const [meanwhile, setMeanwhile] = useState<Withdrawal>();
  const faster = useFaster()(meanwhile ?? { ...withdrawal, state: 'submitted' });
  const { destination, payoutRupiah, approvals, approvalsNeeded } = withdrawal;
  const needsReason = decision !== 'approve';
  const isFirst = decision === 'approve' && approvals.length + 1 < approvalsNeeded;
  const decide = async (): Promise<void> => {
    try {
      await sendDecision(api, withdrawal.id, { decision, reason: reason.trim() });
    } catch (error) {
      if (asProblem(error).code === 'withdrawals.already-decided') setMeanwhile(await readWithdrawal(api, withdrawal.id));
      throw error;
    }
  };
  const explanation =
    decision === 'approve'
      ? text.explanations.approve(format.rupiah(payoutRupiah), `${destination.accountName} (${bankAccountOf(destination)})`)
      : text.explanations[decision];
  return (
    <DecisionDialog
      title={`${text.actions[decision]}: ${format.rupiah(withdrawal.amountRupiah)}`}
      explanation={explanation}
      confirm={text.actions[decision]}
      isDangerous={decision === 'reject' || decision === 'give-up'}
      isReady={!needsReason || isReason(reason)}
      decide={decide}
      done={text.done[isFirst ? 'first-approval' : decision]}
      close={close}
    >
      {isFirst ? (
        <Alert severity="info" variant="outlined" sx={{ color: 'text.primary' }}>
          {text.needsTwo}
        </Alert>
      ) : null}
      {needsReason ? <ReasonField value={reason} onChange={setReason} /> : null}
      {faster === undefined ? null : (
        <Alert severity="info" variant="outlined" sx={{ color: 'text.primary' }}>
          {faster}
        </Alert>
      )}
    </DecisionDialog>
  );
}

interface Decided {
  readonly decision: WithdrawalDecision;
  readonly reason: string;
}

function sendDecision(api: Api, withdrawalId: string, { decision, reason }: Decided): Promise<unknown> {
  const params = { path: { withdrawalId } };
  if (decision === 'approve') return answer(api.POST('/api/admin/withdrawals/{withdrawalId}/approve', { params, body: {} }));
  if (decision === 'reject') return answer(api.POST('/api/admin/withdrawals/{withdrawalId}/reject', { params, body: { reason } }));
  if (decision === 'retry') return answer(api.POST('/api/admin/withdrawals/{withdrawalId}/retry', { params, body: { reason } }));
  return answer(api.POST('/api/admin/withdrawals/{withdrawalId}/give-up', { params, body: { reason } }));
}
