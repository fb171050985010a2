/**
 * The posting: money that moves between books, or is set aside, all at once or not at all.
 *
 * It is made of moves from one book to another, so that its entries add up to zero however it is put together. Its id is the caller's and
 * its idempotency key for ever: the same id with the same body gives the first result, with another body a fault. The body is what is done to
 * the money and for what; who noticed that it has to be done, and their words for it, may differ between two who noticed the same.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '#shared/platform/audit/canonical-json.ts';
import { accountOf, accountSchema, bookSchema, kindOf, type AccountKind } from './account.ts';
import { amountRupiahSchema, signedRupiahSchema, sumRupiah } from './amount.ts';
import { ledgerLimits } from './limits.ts';

interface KindRules {
  /** Kinds of books that money is taken from, and that it is given to. */
  readonly from: readonly AccountKind[];
  readonly to: readonly AccountKind[];
  /** Whether credits to members are bounded by their limits, and count as what came in this month. */
  readonly limited?: boolean;
  /** Whether it is made even when a member has too little: what the gateway has taken back is gone. */
  readonly overdraws?: boolean;
}

/** What each kind of posting may do. */
const postingKinds = {
  /** Money that a gateway has taken in: for a member, or into suspense when they cannot take it; and out of suspense to them later. */
  deposit: { from: ['clearing', 'suspense'], to: ['member', 'suspense', 'fees'], limited: true },
  /** A gateway has taken a payment back. The one kind that may leave a member below zero; until that is made good, nothing leaves. */
  reversal: { from: ['member', 'suspense', 'fees'], to: ['clearing'], overdraws: true },
  /** Back to who paid it in. */
  refund: { from: ['member', 'suspense', 'fees'], to: ['clearing', 'payouts'] },
  withdrawal: { from: ['member'], to: ['payouts', 'fees'] },
  /** A payout that came back after it had been made. The money was the member's before, so it is neither limited nor incoming. */
  'withdrawal-return': { from: ['payouts', 'fees'], to: ['member'] },
  transfer: { from: ['member'], to: ['member', 'fees'], limited: true },
  fee: { from: ['member'], to: ['fees'] },
  /** A correction by the staff. */
  adjustment: {
    from: ['member', 'clearing', 'payouts', 'fees', 'suspense'],
    to: ['member', 'clearing', 'payouts', 'fees', 'suspense'],
    limited: true,
  },
  /** Between books of the platform alone: a gateway pays out what it collected, payouts are topped up. */
  rebalancing: { from: ['clearing', 'payouts', 'fees', 'suspense'], to: ['clearing', 'payouts', 'fees', 'suspense'] },
} as const satisfies Record<string, KindRules>;

export type PostingKind = keyof typeof postingKinds;
const moneyKinds = Object.keys(postingKinds) as PostingKind[];
const kindRules: Readonly<Record<PostingKind, KindRules>> = postingKinds;

/** Ids and references: `deposit:dep_…`, `wd_…`. No `#`, which separates the parts of keys. */
const name = (charactersMax: number) =>
  z
    .string()
    .min(1)
    .max(charactersMax)
    .regex(/^[\w.:@+-]+$/);
const idSchema = name(ledgerLimits.idCharactersMax);

const moveSchema = z.strictObject({ from: bookSchema, to: bookSchema, amountRupiah: amountRupiahSchema });
/** Money goes from one book to another. */
type Move = z.output<typeof moveSchema>;

const claimKinds = ['CREDIT', 'REVERSAL', 'REFUND', 'PAYOUT', 'PAYOUT-RETURN'] as const;
export const claimSchema = z.strictObject({
  gateway: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** The gateway's own: printable ASCII without `#`. */
  transactionId: z
    .string()
    .max(ledgerLimits.transactionIdCharactersMax)
    .regex(/^[!"$-~]+$/),
  kind: z.enum(claimKinds),
});
/** What happened at a gateway, which one posting at most is the answer to, for ever. */
export type Claim = z.output<typeof claimSchema>;

const holdPartSchema = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('open'), id: idSchema, account: bookSchema, amountRupiah: amountRupiahSchema }),
  z.strictObject({ does: z.enum(['settle', 'release']), id: idSchema, account: bookSchema }),
]);

/** What is asked of the ledger: moves, a hold, or both. Made by `posting`, `holding` and `releasing`. */
export const changeSchema = z.strictObject({
  id: idSchema,
  kind: z.enum([...moneyKinds, 'hold', 'release']),
  moves: z.array(moveSchema).max(ledgerLimits.movesPerPostingMax),
  claim: claimSchema.nullable(),
  hold: holdPartSchema.nullable(),
  /** What it is for: the id of a deposit, a withdrawal, an order. */
  reference: name(ledgerLimits.referenceCharactersMax),
  /** Why, in words; for people. */
  reason: z.string().min(1).max(ledgerLimits.reasonCharactersMax),
  /** Who, written like an actor of the audit log: `staff:stf_…`, `member:…`, `system:…`. */
  actor: name(ledgerLimits.idCharactersMax),
});
export type LedgerChange = z.output<typeof changeSchema>;

export interface PostingRequest {
  readonly id: string;
  readonly kind: PostingKind;
  readonly moves: readonly Move[];
  readonly reference: string;
  readonly reason: string;
  readonly actor: string;
  readonly claim?: Claim | undefined;
}

export interface SettlementRequest extends PostingRequest {
  /** Takes exactly what this hold has set aside from its account. */
  readonly settles: { readonly account: string; readonly holdId: string };
}

export interface HoldRequest {
  /** Of the hold; for ever, and unlike every other. */
  readonly id: string;
  /** A member's book. */
  readonly account: string;
  readonly amountRupiah: number;
  readonly reference: string;
  readonly reason: string;
  readonly actor: string;
}

export type ReleaseRequest = Omit<HoldRequest, 'amountRupiah'>;

/** The change that a posting is. Throws for one that is not fit to be made, whatever the accounts hold: that is a bug of whoever asks. */
export function posting({ id, kind, moves, reference, reason, actor, claim, ...rest }: PostingRequest | SettlementRequest): LedgerChange {
  const hold = 'settles' in rest ? ({ does: 'settle', id: rest.settles.holdId, account: rest.settles.account } as const) : null;
  return checked({ id, kind, moves: [...moves], claim: claim ?? null, hold, reference, reason, actor });
}

/** Sets money of a member aside. */
export function holding({ id, account, amountRupiah, ...why }: HoldRequest): LedgerChange {
  return checked({
    id: holdPostingId(id),
    kind: 'hold',
    moves: [],
    claim: null,
    hold: { does: 'open', id, account, amountRupiah },
    ...why,
  });
}

/** Gives back what was set aside. */
export function releasing({ id, account, ...why }: ReleaseRequest): LedgerChange {
  return checked({ id: `release:${id}`, kind: 'release', moves: [], claim: null, hold: { does: 'release', id, account }, ...why });
}

/** The posting that a hold was made by. */
const holdPostingId = (holdId: string): string => `hold:${holdId}`;

/** Hex SHA-256 over what is asked for, without who asks and their words. */
export function bodyHashOf({ id, kind, moves, claim, hold, reference }: LedgerChange): string {
  return sha256({ id, kind, moves, claim, hold, reference });
}

/** What a change does to one account: `amountRupiah` to what is posted, `heldRupiah` to what is set aside. */
const lineSchema = z.strictObject({
  account: accountSchema,
  /** Number of its entry there. */
  sequence: z.int().positive(),
  amountRupiah: signedRupiahSchema,
  heldRupiah: signedRupiahSchema,
});
export type Line = z.output<typeof lineSchema>;

/** A posting as it was made, and the permanent record that it was. */
export const postingRecordSchema = z.strictObject({
  ...changeSchema.shape,
  at: z.iso.datetime({ precision: 3 }),
  bodyHash: z.hash('sha256'),
  lines: z.array(lineSchema).min(1).max(ledgerLimits.accountsPerPostingMax),
  /** Over all else; every entry of the posting carries it, and so the chain of every account it touched. */
  hash: z.hash('sha256'),
});
export type PostingRecord = z.output<typeof postingRecordSchema>;

/** Hex SHA-256 over everything else in the record. */
export function recordHashOf(record: Omit<PostingRecord, 'hash'>): string {
  return sha256(Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'hash')));
}

/** Lines of a change without their numbers; `heldRupiah` is what its hold has set aside, for one that closes it. They add up to zero. */
export function linesOf(change: LedgerChange, heldRupiah = 0): Omit<Line, 'sequence'>[] {
  const { id, moves, hold } = change;
  const lines = new Map<string, { account: string; amountRupiah: number; heldRupiah: number }>();
  const lineOf = (book: string) => {
    const account = accountOf(book, id);
    const line = lines.get(account) ?? { account, amountRupiah: 0, heldRupiah: 0 };
    lines.set(account, line);
    return line;
  };
  for (const { from, to, amountRupiah } of moves) {
    lineOf(from).amountRupiah -= amountRupiah;
    lineOf(to).amountRupiah += amountRupiah;
  }
  if (hold !== null) lineOf(hold.account).heldRupiah += hold.does === 'open' ? hold.amountRupiah : -heldRupiah;
  return [...lines.values()];
}

/** The one promise of double entry; asked of every posting before it is written, and of every record when it is verified. */
export const isBalanced = (lines: readonly Pick<Line, 'amountRupiah'>[]): boolean =>
  sumRupiah(lines.map(({ amountRupiah }) => amountRupiah)) === 0;

const isMoneyKind = (kind: LedgerChange['kind']): kind is PostingKind => Object.hasOwn(postingKinds, kind);

/** What a kind allows; what is only held is bounded by nothing but what is there. */
export const rulesOf = (kind: LedgerChange['kind']): Pick<KindRules, 'limited' | 'overdraws'> => (isMoneyKind(kind) ? kindRules[kind] : {});

function checked(change: LedgerChange): LedgerChange {
  const parsed = changeSchema.parse(change);
  const { id, kind, moves, hold } = parsed;
  if (moves.length === 0 && isMoneyKind(kind)) throw new TypeError(`The posting ${id} moves nothing`);
  for (const move of moves) checkMove(id, kind, move);
  if (hold !== null && kindOf(hold.account) !== 'member') throw new TypeError(`Only money of members is held, not of ${hold.account}`);
  const lines = linesOf(parsed);
  if (lines.length > ledgerLimits.accountsPerPostingMax) throw new RangeError(`The posting ${id} touches ${lines.length} accounts`);
  // An account that gives as much as it gets has no entry to show for it.
  if (moves.length > 0 && lines.some(({ amountRupiah }) => amountRupiah === 0))
    throw new TypeError(`The posting ${id} takes from an account what it gives to it`);
  return parsed;
}

function checkMove(id: string, kind: LedgerChange['kind'], { from, to }: Move): void {
  const rules = isMoneyKind(kind) ? kindRules[kind] : undefined;
  if (!rules?.from.includes(kindOf(from)) || !rules.to.includes(kindOf(to)))
    throw new TypeError(`The posting ${id} is a ${kind}: it does not go from ${from} to ${to}`);
}

const sha256 = (value: Parameters<typeof canonicalJson>[0]): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
