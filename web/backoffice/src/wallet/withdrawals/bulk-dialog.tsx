import { Alert, List, ListItem, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { Rupiah } from '../../shell/rupiah.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { sumRupiah } from '../sum-rupiah.ts';
import type { BulkDecision } from './bulk-bar.tsx';
import { type BulkResult, resultsOf } from './bulk-results.ts';
import { BankAccount, useHolderNote } from './destination.tsx';
import { withdrawalTexts } from './text.ts';
import type { Withdrawal } from './withdrawal-source.ts';

interface BulkDialogProps {
  readonly decision: BulkDecision;
  readonly withdrawals: readonly Withdrawal[];
  /** Id of whoever decides. */
  readonly oneself: string | undefined;
  readonly decided: (results: readonly BulkResult[]) => void;
  readonly close: () => void;
}

/** Every withdrawal that is decided about, by name, and what they come to. The list is kept as it was opened, whatever the page behind shows. */
export function BulkDialog({ decision, withdrawals, oneself, decided, close }: BulkDialogProps) {
  const api = useApi();
  const text = useText(withdrawalTexts);
  const format = useFormat();
  const [named] = useState(withdrawals);
  const [reason, setReason] = useState('');
  const isRejection = decision === 'reject';
  const totalRupiah = sumRupiah(named);
  const again = named.filter(({ approvals }) => approvals.some(({ staffId }) => staffId === oneself));
  const decide = async (): Promise<void> => {
    // Explicit ids and their total: what has changed since it was shown is refused, and never swept along.
    const body = { decision, ids: named.map(({ id }) => id), totalRupiah, ...(isRejection && { reason: reason.trim() }) };
    const { results } = await answer(api.POST('/api/admin/withdrawals/decisions', { body }));
    decided(await resultsOf(api, named, results));
  };
  return (
    <DecisionDialog
      title={text.bulk.title[decision](format.count(named.length))}
      {...(isRejection && { explanation: text.explanations.reject })}
      confirm={`${text.actions[decision]} (${format.count(named.length)}) · ${format.rupiah(totalRupiah)}`}
      isDangerous={isRejection}
      isReady={!isRejection || isReason(reason)}
      decide={decide}
      done={text.bulk.ended}
      close={close}
    >
      <NamedList withdrawals={named} />
      <Stack direction="row" sx={{ justifyContent: 'space-between', px: 1, fontWeight: 650 }}>
        <span>{text.bulk.total}</span>
        <Rupiah amount={totalRupiah} />
      </Stack>
      {!isRejection && again.length > 0 ? (
        <Alert severity="info" variant="outlined" sx={{ color: 'text.primary' }}>
          {again.map(({ destination }) => destination.accountName).join(', ')}: {text.bulk.needsSecond}
        </Alert>
      ) : null}
      {isRejection ? <ReasonField value={reason} onChange={setReason} /> : null}
    </DecisionDialog>
  );
}

function NamedList({ withdrawals }: { readonly withdrawals: readonly Withdrawal[] }) {
  const { bulk } = useText(withdrawalTexts);
  const holderNote = useHolderNote();
  return (
    <List
      dense
      disablePadding
      aria-label={bulk.list}
      // It scrolls by itself, so the keyboard has to reach it.
      tabIndex={0}
      sx={{ maxHeight: 320, overflowY: 'auto', border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      {withdrawals.map(({ id, destination, amountRupiah, memberId }) => (
        <ListItem key={id} divider sx={{ justifyContent: 'space-between', gap: 1, px: 1 }}>
          <div>
            <Typography variant="body2" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
              {destination.accountName}
            </Typography>
            <BankAccount destination={destination} />
            <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
              {memberId}
            </Typography>
            <Typography variant="body2" color="error" sx={{ overflowWrap: 'anywhere' }}>
              {holderNote(destination)}
            </Typography>
          </div>
          <Rupiah amount={amountRupiah} />
        </ListItem>
      ))}
    </List>
  );
}
