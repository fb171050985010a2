import { answer, type QueryOf, type Schemas } from '../../shell/api/client.ts';
import type { RecordSource } from '../../shell/capability.ts';

export type Member = Schemas['Member'];
export type MemberDetail = Schemas['MemberDetail'];

export const memberSource: RecordSource = {
  async list(api, { filter, limit, cursor, signal }) {
    const query = { ...filter, limit, cursor } as QueryOf<'/api/admin/members'>;
    const { members, nextCursor } = await answer(api.GET('/api/admin/members', { params: { query }, signal: signal ?? null }));
    return { records: members, nextCursor };
  },
  one: (api, memberId, signal) =>
    answer(api.GET('/api/admin/members/{memberId}', { params: { path: { memberId } }, signal: signal ?? null })),
};
