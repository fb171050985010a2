import { answer, type QueryOf, type Schemas } from '../shell/api/client.ts';
import type { RecordSource } from '../shell/capability.ts';

export type AuditRecord = Schemas['AuditRecord'];

export const auditSource: RecordSource = {
  async list(api, { filter, limit, cursor, signal }) {
    const query = { ...filter, limit, cursor } as QueryOf<'/api/admin/audit'>;
    return answer(api.GET('/api/admin/audit', { params: { query }, signal: signal ?? null }));
  },
};
