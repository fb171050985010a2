import { answer, type QueryOf, type Schemas } from '../../shell/api/client.ts';
import type { RecordSource } from '../../shell/capability.ts';

export type Staff = Schemas['Staff'];
export type StaffDetail = Staff & { readonly sessions: Schemas['Session'][] };
export type Invitation = Schemas['Invitation'];

export const staffSource: RecordSource = {
  async list(api, { filter, limit, cursor, signal }) {
    const query = { ...filter, limit, cursor } as QueryOf<'/api/admin/staff'>;
    const { staff, nextCursor } = await answer(api.GET('/api/admin/staff', { params: { query }, signal: signal ?? null }));
    return { records: staff, nextCursor };
  },
  one: (api, staffId, signal) => answer(api.GET('/api/admin/staff/{staffId}', { params: { path: { staffId } }, signal: signal ?? null })),
};

export const invitationSource: RecordSource = {
  async list(api, { limit, cursor, signal }) {
    const query = { limit, cursor } as QueryOf<'/api/admin/staff/invitations'>;
    const { invitations, nextCursor } = await answer(
      api.GET('/api/admin/staff/invitations', { params: { query }, signal: signal ?? null }),
    );
    return { records: invitations, nextCursor };
  },
};
