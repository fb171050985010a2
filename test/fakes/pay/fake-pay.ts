/**
 * The deposit page and the routes below /api/pay, over a member whose deposits a test can move.
 */
import { Answered } from '#shared/platform/http/answer.ts';
import { type Endpoint, on } from '#shared/platform/http/http-handler.ts';
import { idempotencyKeyOf } from '#shared/platform/http/idempotency-key.ts';
import type { Client } from '#shared/platform/http/request.ts';
import { depositFault } from '#shared/wallet/deposits/deposit-faults.ts';
import { depositLimits } from '#shared/wallet/deposits/deposit-limits.ts';
import { depositLinkHeader } from '#shared/wallet/deposits/deposit-link.ts';
import { pageRoutes } from '#shared/wallet/deposits/page-routes.ts';
import type { DepositAnswer, DepositView } from '#shared/wallet/deposits/present-deposit.ts';
import { paymentMethods } from '#shared/payments/payment.ts';
import { type SiteFiles, type SiteServer, startSiteServer } from '../site-server.ts';
import { instructionsOf, lifetimeMs, type PayState, payState } from './pay-state.ts';

export interface FakePay extends SiteServer {
  readonly state: PayState;
  /** Fault of the next opening, instead of a deposit. */
  refuseNext(code: Parameters<typeof depositFault>[0]): void;
  /** From now on the link opens nothing. */
  endLink(): void;
  /** Idempotency keys that came, in their order. */
  readonly keys: string[];
}

/** A link for all deposits of the member; with `.` and the id of a deposit behind it, for that one. */
export const payLink = 'eyJtZW1iZXJJZCI6IjEifQ.c2lnbmF0dXJl';
export const linkFor = (depositId: string): string => `${payLink}.${depositId}`;

export async function startFakePay(files: SiteFiles): Promise<FakePay> {
  const state = payState();
  const desk: Desk = { state, keys: [], answers: new Map(), refusal: undefined, isEnded: false };
  const server = await startSiteServer(files, { endpoints: endpointsOf(desk), callerOf: () => undefined });
  return {
    ...server,
    state,
    keys: desk.keys,
    refuseNext: (code) => (desk.refusal = code),
    endLink: () => (desk.isEnded = true),
  };
}

interface Desk {
  readonly state: PayState;
  readonly keys: string[];
  readonly answers: Map<string, DepositAnswer>;
  refusal: Parameters<typeof depositFault>[0] | undefined;
  isEnded: boolean;
}

function endpointsOf(desk: Desk): Endpoint[] {
  const { state } = desk;
  const serverTime = (): string => new Date(state.now()).toISOString();
  const answer = (deposit: DepositView): DepositAnswer => ({ ...state.shown(deposit), serverTime: serverTime() });
  const found = (client: Client, id: string): DepositView => {
    const only = onlyDeposit(desk, client);
    const deposit = state.deposits.find((each) => each.id === id && (only === undefined || only === id));
    if (deposit === undefined) throw depositFault('deposits.not-found');
    return deposit;
  };
  return [
    on(pageRoutes.session, async ({ client }) => {
      const depositId = onlyDeposit(desk, client) ?? null;
      return {
        serverTime: serverTime(),
        expiresAt: new Date(state.now() + 3_600_000).toISOString(),
        locale: 'id' as const,
        displayName: 'Maya',
        depositId,
        methods: depositId === null ? paymentMethods.map(offerOf) : [],
        roomRupiah: 15_000_000,
      };
    }),
    on(pageRoutes.list, async ({ client, query }) => {
      onlyDeposit(desk, client);
      const from = Number(query.cursor ?? 0);
      const end = from + query.limit;
      const deposits = state.deposits.slice(from, end).map(state.shown);
      return { deposits, nextCursor: end < state.deposits.length ? String(end) : null, serverTime: serverTime() };
    }),
    on(pageRoutes.open, async ({ client, body }) => {
      onlyDeposit(desk, client);
      const key = idempotencyKeyOf(client);
      desk.keys.push(key);
      const before = desk.answers.get(key);
      if (before !== undefined) return new Answered(before, { headers: { 'idempotency-replayed': 'true' } });
      const { refusal } = desk;
      desk.refusal = undefined;
      const room = refusal === 'deposits.over-limit' && { extension: { roomRupiah: 1_250_000, limit: 'balance' } };
      if (refusal !== undefined) throw depositFault(refusal, { ...room });
      const opened = answer(state.open(body));
      desk.answers.set(key, opened);
      return new Answered(opened, {});
    }),
    on(pageRoutes.read, async ({ client, path }) => answer(found(client, path.depositId))),
    on(pageRoutes.cancel, async ({ client, path }) => {
      const deposit = found(client, path.depositId);
      if (state.shown(deposit).status !== 'pending') throw depositFault('deposits.not-open');
      state.become(deposit.id, { status: 'cancelled', instructions: null, endedAt: serverTime() });
      return answer(deposit);
    }),
  ];
}

/** The deposit that the link is for; undefined for all of them. */
function onlyDeposit({ isEnded }: Desk, client: Client): string | undefined {
  const [claims, signature, depositId] = client.header(depositLinkHeader)?.split('.') ?? [];
  if (isEnded || `${claims}.${signature}` !== payLink) throw depositFault('deposits.link-invalid');
  return depositId;
}

function offerOf(method: keyof typeof instructionsOf) {
  const { min, max } = depositLimits.amountRupiah;
  const amountRupiahMax = method === 'qris' ? 10_000_000 : max;
  return { method, amountRupiahMin: min, amountRupiahMax, lifetimeSeconds: lifetimeMs / 1000 };
}
