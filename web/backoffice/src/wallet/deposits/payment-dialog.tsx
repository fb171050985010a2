import { useState } from 'react';
import { type Api, answer } from '../../shell/api/client.ts';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { AmountField } from '../amount-field.tsx';
import type { DepositDetail, Payment } from './deposit-source.ts';
import { depositTexts } from './text.ts';
import { useMeanwhile } from './use-meanwhile.tsx';

/** `credit` and `return` decide about all of a payment in suspense; `refund` gives back what the member has, or a part. */
export type PaymentDecision = 'credit' | 'return' | 'refund';

interface PaymentDialogProps {
  readonly deposit: DepositDetail;
  readonly payment: Payment;
  readonly decision: PaymentDecision;
  readonly close: () => void;
}

export function PaymentDialog({ deposit, payment, decision, close }: PaymentDialogProps) {
  const api = useApi();
  const text = useText(depositTexts);
  const format = useFormat();
  const [amount, setAmount] = useState(String(payment.refundableRupiah));
  const [reason, setReason] = useState('');
  const meanwhile = useMeanwhile(deposit.id);
  const isPart = decision === 'refund';
  const isAmount = Number(amount) > 0 && Number(amount) <= payment.refundableRupiah;
  const whole = format.rupiah(payment.refundableRupiah);
  const decided = { paymentId: payment.paymentId, reason: reason.trim(), version: deposit.version };
  return (
    <DecisionDialog
      title={text.actions[decision]}
      explanation={isPart ? text.explanations.refund : text.explanations[decision](whole)}
      confirm={`${text.actions[decision]} · ${isPart ? format.rupiah(Number(amount)) : whole}`}
      isDangerous={decision !== 'credit'}
      isReady={isReason(reason) && (!isPart || isAmount)}
      decide={() => meanwhile.guard(() => send(api, deposit.id, { ...decided, decision, amountRupiah: Number(amount) }))}
      done={text.done[decision]}
      close={close}
    >
      {isPart ? (
        <AmountField
          label={text.refundAmount}
          value={amount}
          onChange={setAmount}
          hint={text.atMost(whole)}
          isWrong={amount !== '' && !isAmount}
        />
      ) : null}
      <ReasonField value={reason} onChange={setReason} />
      {meanwhile.note}
    </DecisionDialog>
  );
}

interface Decided {
  readonly decision: PaymentDecision;
  readonly paymentId: string;
  readonly amountRupiah: number;
  readonly reason: string;
  readonly version: number;
}

function send(api: Api, depositId: string, { decision, amountRupiah, ...decided }: Decided): Promise<unknown> {
  const params = { path: { depositId } };
  if (decision === 'refund')
    return answer(api.POST('/api/admin/deposits/{depositId}/refund', { params, body: { ...decided, amountRupiah } }));
  const body = { ...decided, decision: decision === 'credit' ? 'credit' : 'refund' } as const;
  return answer(api.POST('/api/admin/deposits/{depositId}/resolve', { params, body }));
}
