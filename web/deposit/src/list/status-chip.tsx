import type { DepositStatus } from '../api/contract.ts';
import { useShell } from '../shell/shell.ts';

const tones: Readonly<Record<DepositStatus, 'good' | 'bad' | 'open' | 'over'>> = {
  creating: 'open',
  pending: 'open',
  paid: 'good',
  paid_late: 'good',
  expired: 'over',
  cancelled: 'over',
  failed: 'bad',
  reversed: 'bad',
  refunded: 'over',
};

export function StatusChip({ status }: { readonly status: DepositStatus }) {
  const { texts } = useShell();
  return <span class={`chip chip-${tones[status]}`}>{texts.statuses[status]}</span>;
}
