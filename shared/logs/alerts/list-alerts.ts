import * as z from 'zod';
import { cursorOf } from '#shared/platform/paging.ts';
import { alertSchema, type Alert } from './alert.ts';
import type { AlertStore } from './ports.ts';

export const alertView = z
  .object({
    ...alertSchema.omit({ raisedAtMs: true, settledAtMs: true }).shape,
    raisedAt: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable().meta({ description: 'When the channel took or refused it.' }),
  })
  .meta({ id: 'LogAlert' });
export type AlertView = z.infer<typeof alertView>;

const cursors = cursorOf('alerts', z.object({ raisedAtMs: z.int(), id: z.string() }));

/** Newest first; with an `id`, that one or none. */
export async function listAlerts(
  { alerts }: { readonly alerts: Pick<AlertStore, 'newest' | 'get'> },
  { id, limit, cursor }: { id?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ alerts: AlertView[]; nextCursor: string | null }> {
  if (id !== undefined) {
    const one = await alerts.get(id);
    return { alerts: one === undefined ? [] : [presentAlert(one)], nextCursor: null };
  }
  const found = await alerts.newest({ after: cursor === undefined ? undefined : cursors.decode(cursor), limit });
  const last = found.length < limit ? undefined : found.at(-1);
  const nextCursor = last === undefined ? null : cursors.encode({ raisedAtMs: last.raisedAtMs, id: last.id });
  return { alerts: found.map(presentAlert), nextCursor };
}

export function presentAlert({ raisedAtMs, settledAtMs, ...alert }: Alert): AlertView {
  const settledAt = settledAtMs === null ? null : new Date(settledAtMs).toISOString();
  return { ...alert, raisedAt: new Date(raisedAtMs).toISOString(), settledAt };
}
