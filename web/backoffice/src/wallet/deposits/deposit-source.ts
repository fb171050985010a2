import { type Api, answer, type QueryOf, type Schemas } from '../../shell/api/client.ts';
import type { RecordSource } from '../../shell/capability.ts';

export type Deposit = Schemas['DeskDeposit'];
export type DepositDetail = Schemas['DeskDepositDetail'];
export type Payment = DepositDetail['payments'][number];
type Query = NonNullable<QueryOf<'/api/admin/deposits'>>;

export const depositSource: RecordSource = {
  async list(api, { filter, limit, cursor, signal }) {
    const query = { ...filter, limit, ...(cursor !== undefined && { cursor }) } as Query;
    const { deposits, nextCursor, partial } = await answer(api.GET('/api/admin/deposits', { params: { query }, signal: signal ?? null }));
    return { records: deposits, nextCursor, partial };
  },
  one: (api, depositId, signal) => readDeposit(api, depositId, signal),
};

export function readDeposit(api: Api, depositId: string, signal?: AbortSignal): Promise<DepositDetail> {
  return answer(api.GET('/api/admin/deposits/{depositId}', { params: { path: { depositId } }, signal: signal ?? null }));
}
