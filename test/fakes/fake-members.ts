import { phoneSchema } from '#shared/identity/member.ts';
import type { KycCard } from '#shared/identity/kyc/kyc-card.ts';
import type { CardStore } from '#shared/identity/kyc/ports.ts';
import type {
  IdWindow,
  MemberDirectory,
  MemberNote,
  MembershipChange,
  MembershipStore,
  NoteStore,
  WaitingCards,
} from '#shared/identity/administration/ports.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';

export interface FakeMembers extends MemberDirectory, MembershipStore, NoteStore {
  readonly cards: CardStore & WaitingCards;
  /** A member signs up. */
  join(member: MemberRecord, proofs?: { hasPassword: boolean; hasSecondFactor: boolean }): void;
  /** Subjects whose tokens were ended, in order. */
  readonly raised: string[];
}

const noProofs = { hasPassword: false, hasSecondFactor: false };

/** Members, their cards and notes in memory, with the promises of the ports. Ids are as in life: 18 digits. */
export function fakeMembers(audit: AuditLog): FakeMembers {
  const members = new Map<string, MemberRecord>();
  const proofs = new Map<string, typeof noProofs>();
  const cards = new Map<string, KycCard>();
  const notes = new Map<string, MemberNote[]>();
  const raised: string[] = [];
  const all = (): MemberRecord[] => [...members.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const idsWithin = (found: readonly MemberRecord[], { from, to }: IdWindow, limit: number): string[] =>
    found
      .map(({ id }) => id)
      .filter((id) => id >= from && id <= to)
      .slice(0, limit);

  function apply({ member, to, kyc, endsTokens }: MembershipChange): boolean {
    const current = members.get(member.id);
    if (current === undefined || JSON.stringify(current.membership) !== JSON.stringify(member.membership)) return false;
    if (kyc !== undefined && current.kyc !== member.kyc) return false;
    members.set(member.id, { ...current, membership: to, kyc: kyc ?? current.kyc });
    if (endsTokens) raised.push(member.id);
    return true;
  }

  return {
    raised,
    join(member, proof = noProofs) {
      members.set(member.id, structuredClone(member));
      proofs.set(member.id, proof);
    },
    joinedIn: async (month, window, limit) =>
      idsWithin(
        all().filter(({ createdAtMs }) => new Date(createdAtMs).toISOString().startsWith(month)),
        window,
        limit,
      ),
    withStatus: async (status, window, limit) =>
      idsWithin(
        all().filter(({ membership }) => membership.status === status),
        window,
        limit,
      ),
    ended: async (nowMs, limit) =>
      all()
        .flatMap(({ id, membership: { untilMs } }) => (untilMs !== null && untilMs <= nowMs ? [{ memberId: id, untilMs }] : []))
        .toSorted((a, b) => a.untilMs - b.untilMs)
        .slice(0, limit),
    handles: async ({ prefix, after = '', limit }) =>
      all()
        .map(({ id, handle }) => ({ id, handle: handle.toLowerCase() }))
        .filter(({ handle }) => handle.startsWith(prefix) && handle > after)
        .toSorted((a, b) => (a.handle < b.handle ? -1 : 1))
        .slice(0, limit),
    holderOf: async (claim) =>
      all().find((member) => ('email' in claim ? member.email === claim.email : member.phone === phoneSchema.parse(claim.phone)))?.id,
    load: async (ids) => structuredClone([...new Set(ids)].flatMap((id) => members.get(id) ?? [])),
    get: async (id) => structuredClone(members.get(id)),
    proofsOf: async (id) => proofs.get(id) ?? noProofs,
    async change(change, entry) {
      if (!apply(change)) return false;
      await audit.append(entry);
      return true;
    },
    forgetEnd: async () => {},
    async add(memberId, note, entry) {
      notes.set(
        memberId,
        [note, ...(notes.get(memberId) ?? [])].toSorted((a, b) => (a.id < b.id ? 1 : -1)),
      );
      await audit.append(entry);
    },
    newest: async (memberId, { before, limit }) =>
      (notes.get(memberId) ?? []).filter(({ id }) => before === undefined || id < before).slice(0, limit),
    cards: {
      get: async (memberId) => structuredClone(cards.get(memberId)),
      async submit(card, member, entry) {
        const own = cards.get(card.memberId);
        const current = members.get(member.id);
        if ((own !== undefined && own.state !== 'rejected') || current?.kyc !== member.kyc) return 'settled';
        const sameNumber = [...cards.values()].filter(({ nikHash, state }) => nikHash === card.nikHash && state !== 'rejected');
        if (sameNumber.some(({ memberId }) => memberId !== card.memberId)) return 'nik-taken';
        cards.set(card.memberId, structuredClone(card));
        members.set(member.id, { ...current, kyc: card.state });
        await audit.append(entry);
        return 'kept';
      },
      async decide(card, change, entry) {
        const own = cards.get(card.memberId);
        if (own?.state !== 'submitted' || own.submittedAtMs !== card.submittedAtMs || !apply(change)) return false;
        cards.set(card.memberId, structuredClone(card));
        await audit.append(entry);
        return true;
      },
      erase: async (memberId) => void cards.delete(memberId),
      waiting: async (window, limit) =>
        idsWithin(
          all().filter(({ id }) => cards.get(id)?.state === 'submitted'),
          window,
          limit,
        ),
    },
  };
}
