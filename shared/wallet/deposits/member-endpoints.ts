/**
 * The routes of a member's deposits with the code that serves them.
 */
import { Answered } from '#shared/platform/http/answer.ts';
import { on, required, type Endpoint } from '#shared/platform/http/http-handler.ts';
import { idempotencyKeyOf } from '#shared/platform/http/idempotency-key.ts';
import type { Caller, Client } from '#shared/platform/http/request.ts';
import { limited } from '#shared/platform/rate-limit/limited.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { memberBook } from '../account.ts';
import { depositFault } from './deposit-faults.ts';
import { depositLinkLimits, depositRates } from './deposit-limits.ts';
import { signDepositLink } from './deposit-link.ts';
import { depositRoutes } from './deposit-routes.ts';
import { cancelDeposit, ownDeposit } from './end-deposit.ts';
import { roomOf } from './member-room.ts';
import { offeredMethods } from './offered-methods.ts';
import { openAnew, repeatedWish, type OpeningDeps, type OpenRequest } from './open-deposit.ts';
import { answerWith, type DepositAnswer } from './present-deposit.ts';
import { listDeposits, readDeposit } from './read-deposits.ts';

export interface MemberDeps extends OpeningDeps {
  readonly rates: RateLimits;
  readonly onFailed: (depositId: string, error: unknown) => void;
  /** Signs links to the deposit page, which is served at the origin. */
  readonly linkSecret: () => Promise<string>;
  readonly pageOrigin: string;
}

export function memberEndpoints(deps: MemberDeps): Endpoint[] {
  const ownOf = ({ path, caller }: { readonly path: { readonly depositId: string }; readonly caller: Caller | undefined }) => ({
    depositId: path.depositId,
    memberId: memberIdOf(caller),
  });
  return [
    on(depositRoutes.open, ({ body, caller, client }) => openFor(deps, { memberId: memberIdOf(caller), client, body })),
    on(depositRoutes.list, ({ query, caller }) => listDeposits(deps, { ...query, memberId: memberIdOf(caller) })),
    on(depositRoutes.read, (input) => readDeposit(deps, ownOf(input))),
    on(depositRoutes.cancel, async (input) => answerWith(await cancelDeposit(deps, ownOf(input)), deps.clock.now())),
    on(depositRoutes.offer, ({ caller }) => offerFor(deps, memberIdOf(caller))),
    on(depositRoutes.balance, ({ caller }) => balanceOf(deps, memberIdOf(caller))),
    on(depositRoutes.link, ({ body, caller }) => {
      const memberId = memberIdOf(caller);
      return limited(deps.rates, [{ rule: depositRates.links, key: memberId }], () => linkFor(deps, { memberId, ...body }));
    }),
  ];
}

/** Tokens of this machine's developers may have a member's role and speak of no member. */
function memberIdOf(caller: Caller | undefined): string {
  const { subject } = required(caller);
  if (!/^\d{1,19}$/.test(subject)) throw depositFault('deposits.account-closed');
  return subject;
}

interface Wish {
  readonly memberId: string;
  readonly client: Client;
  readonly body: Pick<OpenRequest, 'amountRupiah' | 'method'>;
}

/**
 * A replay says so in a header: the body is the first answer, and its time the time of then. It counts against no limit: whoever has not heard the
 * answer asks until it comes.
 */
export async function openFor(deps: MemberDeps, { memberId, client, body }: Wish): Promise<Answered<DepositAnswer>> {
  const { amountRupiah, method } = body;
  const request = { memberId, idempotencyKey: idempotencyKeyOf(client), amountRupiah, method };
  const repeated = await repeatedWish(deps, request);
  const opened =
    repeated === undefined
      ? await limited(deps.rates, [{ rule: depositRates.open, key: memberId }], () => openAnew(deps, request))
      : new Answered(repeated, {});
  const { answer, isReplayed } = opened.body;
  return new Answered(answer, { headers: { ...opened.headers, ...(isReplayed && { 'idempotency-replayed': 'true' }) } });
}

export async function offerFor(deps: MemberDeps, memberId: string) {
  const [{ roomRupiah }, phone] = await Promise.all([roomOf(deps, memberId), deps.phoneOf(memberId)]);
  const methods = offeredMethods(deps, { hasPhone: phone !== undefined }).map(({ gateway: _gateway, ...method }) => method);
  return { methods, roomRupiah, serverTime: new Date(deps.clock.now()).toISOString() };
}

async function balanceOf({ ledger, clock }: MemberDeps, memberId: string) {
  const { posted, held, available } = await ledger.balanceOf(memberBook(memberId));
  const serverTime = new Date(clock.now()).toISOString();
  return { postedRupiah: posted, heldRupiah: held, availableRupiah: available, serverTime };
}

/** Behind a `#`, which no server, log and referrer is told. */
async function linkFor(deps: MemberDeps, { memberId, depositId }: { readonly memberId: string; readonly depositId?: string | undefined }) {
  if (depositId !== undefined) await ownDeposit(deps, { depositId, memberId });
  const expiresAtMs = deps.clock.now() + depositLinkLimits.lifetimeMs;
  const token = signDepositLink({ memberId, expiresAtMs, ...(depositId !== undefined && { depositId }) }, await deps.linkSecret());
  return { url: `${deps.pageOrigin}/#${token}`, expiresAt: new Date(expiresAtMs).toISOString() };
}
