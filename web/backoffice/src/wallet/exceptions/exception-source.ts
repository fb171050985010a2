import { type Api, answer, type QueryOf, type Schemas } from '../../shell/api/client.ts';
import type { RecordSource } from '../../shell/capability.ts';

export type Exception = Schemas['ReconciliationException'];
type Query = NonNullable<QueryOf<'/api/admin/reconciliation/exceptions'>>;

export const exceptionSource: RecordSource = {
  async list(api, { filter, limit, cursor, signal }) {
    const query = { ...filter, limit, ...(cursor !== undefined && { cursor }) } as Query;
    const { exceptions, nextCursor, partial } = await answer(
      api.GET('/api/admin/reconciliation/exceptions', { params: { query }, signal: signal ?? null }),
    );
    return { records: exceptions, nextCursor, partial };
  },
  one: (api, exceptionId, signal) => readException(api, exceptionId, signal),
};

export function readException(api: Api, exceptionId: string, signal?: AbortSignal): Promise<Exception> {
  const params = { path: { exceptionId } };
  return answer(api.GET('/api/admin/reconciliation/exceptions/{exceptionId}', { params, signal: signal ?? null }));
}
