import { Chip, Stack } from '@mui/material';
import { useText } from '../../shell/use-text.ts';
import type { Deposit } from './deposit-source.ts';
import { depositTexts } from './text.ts';

const colors = {
  creating: 'default',
  pending: 'info',
  paid: 'success',
  paid_late: 'warning',
  expired: 'default',
  cancelled: 'default',
  failed: 'error',
  reversed: 'error',
  refunded: 'default',
} as const satisfies Record<Deposit['status'], string>;

/** The status, and beside it that somebody has to decide. */
export function StatusChip({ deposit: { status, underReview } }: { readonly deposit: Pick<Deposit, 'status' | 'underReview'> }) {
  const text = useText(depositTexts);
  return (
    <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
      <Chip size="small" variant="outlined" color={colors[status]} label={text.statuses[status]} />
      {underReview === null ? null : <Chip size="small" color="warning" label={text.underReview} />}
    </Stack>
  );
}
