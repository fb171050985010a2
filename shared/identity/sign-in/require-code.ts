import { tryCode, type OneTime, type OneTimePurpose } from '../engine/one-time.ts';
import { identityFault } from '../identity-faults.ts';
import { ownEntry, type From, type MemberFlowDeps } from './deps.ts';

interface Given {
  readonly challengeId: string;
  readonly code: string;
  readonly client: From;
  /** What a wrong one is called in the audit log. */
  readonly action?: 'code.refused' | 'proof.refused';
}

/** What a sent code stands for. Throws `identity.code-wrong`, and keeps a record of a wrong one: a challenge has five at most. */
export async function requireCode<Data>(
  { engine, audit }: Pick<MemberFlowDeps, 'engine' | 'audit'>,
  purpose: OneTimePurpose<Data>,
  { challengeId, code, client, action = 'code.refused' }: Given,
): Promise<OneTime<Data>> {
  const tried = await tryCode(engine, purpose, { challengeId, code, address: client.address });
  if (tried.outcome === 'right') return tried.proven;
  if (tried.subjectId !== undefined) await audit.append(ownEntry(tried.subjectId, client, { action, after: { for: purpose.name } }));
  throw identityFault('identity.code-wrong');
}
