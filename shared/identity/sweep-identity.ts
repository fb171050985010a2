/**
 * What identity does by itself, every hour.
 */
import type { AuditLog } from '#shared/platform/audit/ports.ts';
import { log } from '#shared/platform/log.ts';
import { rotateSigningKeys, type SigningDeps } from './engine/signing-keys.ts';

interface Deps {
  readonly audit: AuditLog;
  readonly signing: SigningDeps;
  readonly endMemberships: () => Promise<number>;
  readonly eraseMembers: () => Promise<number>;
}

/** One task that fails keeps none of the others from being done; then the whole run fails, for the alarm to see. */
export async function sweepIdentity(deps: Deps): Promise<void> {
  const tasks = { endMemberships: deps.endMemberships, eraseMembers: deps.eraseMembers, rotateKeys: () => rotateKeys(deps) };
  const failures: unknown[] = [];
  for (const [task, run] of Object.entries(tasks)) {
    try {
      log.info('Swept', { task, done: await run() });
    } catch (error) {
      log.error('A task of the sweep failed', { task, error: error as Error });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} tasks of the sweep failed`);
}

async function rotateKeys({ audit, signing }: Deps): Promise<number> {
  const { added, removed } = await rotateSigningKeys(signing);
  if (added === undefined && removed.length === 0) return 0;
  const after = { added: added ?? null, removed };
  await audit.append({ stream: 'system', subject: 'system:signing-keys', actor: 'system:sweep', action: 'key.rotated', after });
  return removed.length + (added === undefined ? 0 : 1);
}
