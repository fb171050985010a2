import { Box, Button, Chip, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { CopyText } from '../../shell/copy-text.tsx';
import { useMay } from '../../shell/desk-context.ts';
import { type Fact, Facts } from '../../shell/facts.tsx';
import { Moment } from '../../shell/moment.tsx';
import { Rupiah } from '../../shell/rupiah.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { isRefundable } from '../methods.ts';
import type { DepositDetail, Payment } from './deposit-source.ts';
import { type PaymentDecision, PaymentDialog } from './payment-dialog.tsx';
import { depositTexts } from './text.ts';

/** Money that really came, where it is, and what can be decided about it. */
export function PaymentList({ deposit }: { readonly deposit: DepositDetail }) {
  const { payments: text } = useText(depositTexts);
  if (deposit.payments.length === 0) return <Typography sx={{ p: 2 }}>{text.none}</Typography>;
  return (
    <>
      {deposit.payments.map((payment) => (
        <PaymentSection key={payment.paymentId} deposit={deposit} payment={payment} />
      ))}
      <RefundList refunds={deposit.refunds} />
    </>
  );
}

interface PaymentProps {
  readonly deposit: DepositDetail;
  readonly payment: Payment;
}

function PaymentSection({ deposit, payment }: PaymentProps) {
  const text = useText(depositTexts);
  const { paymentId, place, issue, refundedRupiah, reversedRupiah } = payment;
  const gone: Fact[] = [
    { name: text.payments.refunded, value: refundedRupiah > 0 && <Rupiah amount={refundedRupiah} /> },
    { name: text.payments.reversed, value: reversedRupiah > 0 && <Rupiah amount={reversedRupiah} /> },
  ].filter(({ value }) => value !== false);
  return (
    <Box component="section" aria-label={paymentId} sx={{ borderBottom: 1, borderColor: 'divider' }}>
      <Stack direction="row" sx={{ px: 2, pt: 2, gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography sx={{ fontWeight: 650, fontSize: '1.1rem' }}>
          <Rupiah amount={payment.amountRupiah} />
        </Typography>
        <Chip size="small" variant="outlined" color={place === 'member' ? 'success' : 'warning'} label={text.payments.place[place]} />
        {issue === null ? null : <Chip size="small" variant="outlined" label={text.issues[issue]} />}
      </Stack>
      <Facts
        facts={[
          { name: text.payments.id, value: <CopyText text={paymentId} /> },
          { name: text.payments.paid, value: <Moment iso={payment.paidAt} /> },
          { name: text.payments.booked, value: <Moment iso={payment.bookedAt} /> },
          ...gone,
          { name: text.payments.left, value: <Rupiah amount={payment.refundableRupiah} /> },
        ]}
      />
      <PaymentActions deposit={deposit} payment={payment} />
    </Box>
  );
}

/** Of money in suspense: to the member or back. Of money that the member has: back, all or a part. */
function PaymentActions({ deposit, payment }: PaymentProps) {
  const text = useText(depositTexts);
  const may = useMay();
  const [decision, setDecision] = useState<PaymentDecision>();
  // Until somebody has said which payment is gone, this may be the one.
  if (!may('deposits:decide') || payment.refundableRupiah === 0 || deposit.isReversalUnclear) return null;
  const back: PaymentDecision = payment.place === 'suspense' ? 'return' : 'refund';
  const canGoBack = isRefundable(deposit.method);
  return (
    <Stack direction="row" sx={{ px: 2, pb: 2, gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
      {payment.place === 'suspense' ? (
        <Button variant="contained" onClick={() => setDecision('credit')}>
          {text.actions.credit}
        </Button>
      ) : null}
      {canGoBack ? (
        <Button variant="outlined" color="error" onClick={() => setDecision(back)}>
          {text.actions[back]}
        </Button>
      ) : (
        <Typography variant="body2" color="textSecondary">
          {text.payments.noRefund}
        </Typography>
      )}
      {decision === undefined ? null : (
        <PaymentDialog deposit={deposit} payment={payment} decision={decision} close={() => setDecision(undefined)} />
      )}
    </Stack>
  );
}

function RefundList({ refunds }: Pick<DepositDetail, 'refunds'>) {
  const { payments: text } = useText(depositTexts);
  const format = useFormat();
  if (refunds.length === 0) return null;
  return (
    <Box component="section" sx={{ p: 2 }}>
      <Typography variant="h2" gutterBottom>
        {text.refunds}
      </Typography>
      {refunds.map(({ refundKey, amountRupiah, state, askedAt, askedByName, nextTryAt }) => (
        <Stack key={refundKey} direction="row" sx={{ gap: 1, py: 0.5, alignItems: 'center', flexWrap: 'wrap' }}>
          <Rupiah amount={amountRupiah} />
          <Chip size="small" variant="outlined" label={text.refundStates[state]} />
          <Typography component="span" variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            <Moment iso={askedAt} isShort /> · {askedByName === null ? '' : `${askedByName} · `}
            {refundKey}
          </Typography>
          {nextTryAt === null ? null : (
            <Typography component="span" variant="body2" color="textSecondary">
              {text.nextTry(format.moment(nextTryAt))}
            </Typography>
          )}
        </Stack>
      ))}
    </Box>
  );
}
