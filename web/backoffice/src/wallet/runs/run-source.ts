import { type Api, answer, type QueryOf, type Schemas } from '../../shell/api/client.ts';
import type { RecordSource } from '../../shell/capability.ts';

export type Run = Schemas['ReconciliationRun'];
export type RunDetail = Schemas['ReconciliationRunDetail'];
type Query = NonNullable<QueryOf<'/api/admin/reconciliation/runs'>>;
export type Gateway = NonNullable<Query['gateway']>;

export const runSource: RecordSource = {
  async list(api, { filter, signal }) {
    const { runs } = await answer(api.GET('/api/admin/reconciliation/runs', { params: { query: filter }, signal: signal ?? null }));
    return { records: runs, nextCursor: null };
  },
  one: (api, id, signal) => readRun(api, id, signal),
};

/** `iris:2026-11-21` */
function readRun(api: Api, id: string, signal?: AbortSignal): Promise<RunDetail> {
  const [gateway = '', day = ''] = id.split(':');
  const params = { path: { gateway: gateway as Gateway, day } };
  return answer(api.GET('/api/admin/reconciliation/runs/{gateway}/{day}', { params, signal: signal ?? null }));
}
