import { FormControl, FormControlLabel, FormLabel, Radio, RadioGroup } from '@mui/material';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import type { DepositDetail } from './deposit-source.ts';
import { depositTexts } from './text.ts';
import { useMeanwhile } from './use-meanwhile.tsx';

interface ReversalDialogProps {
  readonly deposit: DepositDetail;
  readonly close: () => void;
}

/** No payment has this id: one has a character at least. */
const noneOfThem = '';

/** Says which of several payments the gateway took back, as its own pages show it. */
export function ReversalDialog({ deposit, close }: ReversalDialogProps) {
  const api = useApi();
  const { reversal, actions, done } = useText(depositTexts);
  const format = useFormat();
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState('');
  const meanwhile = useMeanwhile(deposit.id);
  const decide = () => {
    const params = { path: { depositId: deposit.id } };
    const body = {
      paymentId: chosen === undefined || chosen === noneOfThem ? null : chosen,
      reason: reason.trim(),
      version: deposit.version,
    };
    return meanwhile.guard(() => answer(api.POST('/api/admin/deposits/{depositId}/reversal', { params, body })));
  };
  const payments = deposit.payments.filter(
    ({ amountRupiah, refundedRupiah, reversedRupiah }) => amountRupiah > refundedRupiah + reversedRupiah,
  );
  return (
    <DecisionDialog
      title={actions.reversal}
      explanation={reversal.explanation}
      confirm={actions.reversal}
      isDangerous
      isReady={chosen !== undefined && isReason(reason)}
      decide={decide}
      done={done.reversal}
      close={close}
    >
      <FormControl required>
        <FormLabel id="reversal-payment">{reversal.which}</FormLabel>
        <RadioGroup aria-labelledby="reversal-payment" value={chosen ?? null} onChange={(_, value) => setChosen(value)}>
          {payments.map(({ paymentId, amountRupiah, paidAt }) => (
            <FormControlLabel
              key={paymentId}
              value={paymentId}
              control={<Radio />}
              label={[format.rupiah(amountRupiah), paymentId, paidAt === null ? '' : format.moment(paidAt)]
                .filter((part) => part !== '')
                .join(' · ')}
              sx={{ overflowWrap: 'anywhere' }}
            />
          ))}
          <FormControlLabel value={noneOfThem} control={<Radio />} label={reversal.none} />
        </RadioGroup>
      </FormControl>
      <ReasonField value={reason} onChange={setReason} />
      {meanwhile.note}
    </DecisionDialog>
  );
}
