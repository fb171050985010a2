import { useFormat, useText } from '../../shell/use-text.ts';
import { withdrawalTexts } from './text.ts';
import type { Withdrawal } from './withdrawal-source.ts';

/** Who decided before one could, and when; undefined while nobody has. */
export function useFaster(): (withdrawal: Withdrawal) => string | undefined {
  const { faster } = useText(withdrawalTexts);
  const format = useFormat();
  return ({ state, approvals, decidedBy, updatedAt }) => {
    if (state === 'submitted') return undefined;
    if (state === 'cancelled') return faster.cancelled(format.moment(updatedAt));
    const by = decidedBy ?? approvals.at(-1);
    if (by === undefined) return undefined;
    const said = state === 'rejected' ? faster.rejected : decidedBy === null ? faster.approved : faster.decided;
    return said(by.name, format.moment(by.at));
  };
}
