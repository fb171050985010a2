/**
 * The new address or number has answered: from now on it is the member's, and the former one is told.
 */
import { RecordRefused } from '../engine/auth-database.ts';
import { useUp } from '../engine/one-time.ts';
import { identityFault } from '../identity-faults.ts';
import { ownEntry, type MemberFlowDeps } from '../sign-in/deps.ts';
import { masked } from '../sign-in/identifier.ts';
import { requireCode } from '../sign-in/require-code.ts';
import { purposes } from '../sign-in/sent-code.ts';
import { tellIdentifierChanged } from '../sign-in/tell-member.ts';
import { ownAccount, readAccount, type AccountView, type Owner } from './own-account.ts';

interface Request {
  readonly challengeId: string;
  readonly code: string;
}

/** Throws `identity.code-wrong`, and `identity.identifier-taken` when somebody else was faster. */
export async function verifyIdentifier(deps: MemberFlowDeps, owner: Owner, given: Request): Promise<AccountView> {
  const { engine, audit, messenger } = deps;
  const { client } = owner;
  const proven = await requireCode(deps, purposes.identifier, { ...given, client, action: 'proof.refused' });
  if (proven.data.memberId !== owner.memberId) throw identityFault('identity.code-wrong');
  const { field, value } = proven.data;
  const { user } = await ownAccount(deps, owner.memberId);
  const change = { before: { [field]: masked(user[field]) }, after: { [field]: masked(value) } };
  try {
    await audit.within(ownEntry(user.id, owner.client, { action: 'identifier.changed', ...change }), (also) =>
      engine.transact(
        async (records) => {
          await useUp(records, proven);
          await records.update({ model: 'user', where: [{ field: 'id', value: user.id }], update: { [field]: value } });
        },
        { also },
      ),
    );
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error;
    throw identityFault(error.reason === 'taken' ? 'identity.identifier-taken' : 'identity.code-wrong', { cause: error });
  }
  await tellIdentifierChanged(messenger, user, { field, nowMs: engine.clock.now() });
  return readAccount(deps, user.id);
}
