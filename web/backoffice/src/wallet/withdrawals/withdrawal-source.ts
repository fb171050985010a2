import { type Api, answer, type QueryOf, type Schemas } from '../../shell/api/client.ts';
import type { RecordSource } from '../../shell/capability.ts';
import type { FilterValues } from '../../shell/list/filters.ts';

export type Withdrawal = Schemas['DeskWithdrawal'];
export type WithdrawalDetail = Schemas['DeskWithdrawalDetail'];
type Query = NonNullable<QueryOf<'/api/admin/withdrawals'>>;

export const withdrawalSource: RecordSource = {
  async list(api, { filter, limit, cursor, signal }) {
    const query = { ...withdrawalQuery(filter), limit, ...(cursor !== undefined && { cursor }) };
    const { withdrawals, nextCursor, partial } = await answer(
      api.GET('/api/admin/withdrawals', { params: { query }, signal: signal ?? null }),
    );
    return { records: withdrawals, nextCursor, partial };
  },
  one: (api, withdrawalId, signal) => readWithdrawal(api, withdrawalId, signal),
};

export function readWithdrawal(api: Api, withdrawalId: string, signal?: AbortSignal): Promise<WithdrawalDetail> {
  return answer(api.GET('/api/admin/withdrawals/{withdrawalId}', { params: { path: { withdrawalId } }, signal: signal ?? null }));
}

/** It was sent, or was about to be, and no answer told the gateway's id of it: that nothing was paid is not certain. */
export const mayBePaid = ({ actions }: Pick<Withdrawal, 'actions'>): boolean => actions.includes('found');

/** Without a state in the address it is the queue: what waits longest comes first, unless risk goes before age. */
function withdrawalQuery({ state = 'submitted', order: wanted = 'oldest', ...filter }: FilterValues): Query {
  const order = state === 'submitted' ? wanted : 'newest';
  return { ...filter, order, ...(state !== 'all' && { state }) } as Query;
}
