/**
 * A member gives the data of the identity card.
 */
import type { Clock } from '#shared/platform/clock.ts';
import type { Client } from '#shared/platform/http/request.ts';
import { requestFault } from '#shared/platform/request-faults.ts';
import type { MemberDirectory } from '../administration/ports.ts';
import { identityFault } from '../identity-faults.ts';
import type { KycState } from '../member.ts';
import type { KycData } from './kyc-data.ts';
import type { CardStore, CardVault } from './ports.ts';

export interface SubmitKycDeps {
  readonly members: Pick<MemberDirectory, 'get'>;
  readonly cards: CardStore;
  readonly vault: CardVault;
  /** Keyed hash, the same for the same number. */
  readonly hashNik: (nik: string) => string;
  readonly clock: Clock;
}

interface Request {
  readonly memberId: string;
  readonly data: KycData;
  readonly client: Pick<Client, 'address' | 'userAgent'>;
}

/** Throws `identity.kyc-settled` while a card waits or has been approved, and `identity.nik-taken` for somebody else's number. */
export async function submitKyc(deps: SubmitKycDeps, { memberId, data, client }: Request): Promise<KycState> {
  const { members, cards, vault, hashNik, clock } = deps;
  const nowMs = clock.now();
  checkBirth(data.birthDate, nowMs);
  const member = await members.get(memberId);
  if (member === undefined || member.kyc === 'submitted' || member.kyc === 'approved') throw identityFault('identity.kyc-settled');
  const card = {
    memberId,
    state: 'submitted' as const,
    submittedAtMs: nowMs,
    decidedBy: null,
    decidedByName: null,
    decidedAtMs: null,
    reason: null,
    nikHash: hashNik(data.nik),
    sealed: await vault.seal(memberId, data),
  };
  const stream = `member:${memberId}`;
  const change = { before: { kyc: member.kyc }, after: { kyc: card.state } };
  const outcome = await cards.submit(card, member, { stream, subject: stream, actor: stream, action: 'kyc.submitted', client, ...change });
  if (outcome === 'settled') throw identityFault('identity.kyc-settled');
  if (outcome === 'nik-taken') throw identityFault('identity.nik-taken');
  return card.state;
}

const yearsMax = 130;

function checkBirth(birthDate: string, nowMs: number): void {
  const ageMs = nowMs - Date.parse(birthDate);
  if (ageMs > 0 && ageMs < yearsMax * 366 * 86_400_000) return;
  throw requestFault('request.invalid', { errors: [{ pointer: '/birthDate', detail: 'Not the birthday of anybody alive.' }] });
}
