/**
 * A member changes handle, name or language.
 */
import { RecordRefused } from '../engine/auth-database.ts';
import { identityFault } from '../identity-faults.ts';
import { ownEntry, type MemberFlowDeps } from '../sign-in/deps.ts';
import { ownAccount, readAccount, type AccountView, type Owner } from './own-account.ts';

interface Changes {
  readonly handle?: string | undefined;
  readonly displayName?: string | undefined;
  readonly locale?: 'id' | 'en' | undefined;
}

/** Throws `identity.handle-taken`. */
export async function changeAccount({ engine, audit }: MemberFlowDeps, owner: Owner, changes: Changes): Promise<AccountView> {
  const { user } = await ownAccount({ engine }, owner.memberId);
  const { handle = user.handle, displayName = user.displayName, locale = user.locale } = changes;
  const before = { handle: user.handle, displayName: user.displayName, locale: user.locale };
  const after = { handle, displayName, locale };
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    // The handle is written only when it changes: its claims cost.
    const update = { name: displayName, locale, ...(handle !== user.handle && { handle }) };
    const entry = ownEntry(user.id, owner.client, { action: 'account.changed', ...toldOf(before, after) });
    const change = (also: readonly object[]) =>
      engine.transact((records) => records.update({ model: 'user', where: [{ field: 'id', value: user.id }], update }), { also });
    await orTaken(audit.within(entry, change));
  }
  return readAccount({ engine }, user.id);
}

type Profile = Readonly<Record<'handle' | 'displayName' | 'locale', string>>;

/** Handles are public, and who had which one matters in a dispute. Of the rest the log, which is never erased, keeps what and not how. */
function toldOf(before: Profile, after: Profile) {
  const changed = (Object.keys(after) as (keyof Profile)[]).filter((field) => before[field] !== after[field]);
  return { before: { handle: before.handle }, after: { handle: after.handle, changed } };
}

async function orTaken(update: Promise<unknown>): Promise<void> {
  try {
    await update;
  } catch (error) {
    if (error instanceof RecordRefused && error.reason === 'taken') throw identityFault('identity.handle-taken', { cause: error });
    throw error;
  }
}
