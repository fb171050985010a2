/**
 * Opening over HTTP: what a wish under a key is answered, what counts against limits, and what is offered to whom.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChargeRequest } from '#shared/payments/ports.ts';
import type { Answered } from '#shared/platform/http/answer.ts';
import { Fault } from '#shared/platform/fault.ts';
import { problemOf } from '#shared/platform/http/problem.ts';
import type { Client } from '#shared/platform/http/request.ts';
import { depositRates } from '#shared/wallet/deposits/deposit-limits.ts';
import { cancelDeposit } from '#shared/wallet/deposits/end-deposit.ts';
import { offerFor, openFor, type MemberDeps } from '#shared/wallet/deposits/member-endpoints.ts';
import { openDeposit, type OpenRequest } from '#shared/wallet/deposits/open-deposit.ts';
import type { DepositAnswer } from '#shared/wallet/deposits/present-deposit.ts';
import { fakeRateLimits } from '#test/fakes/fake-rate-limits.ts';
import { amountRupiah, hour, losing, sari, walletWorld, type Deps } from '#test/fakes/wallet-world.ts';

const world = walletWorld();
const { alone, depositNamed } = world;
let rates: MemberDeps['rates'];
beforeEach(() => {
  world.begin();
  rates = fakeRateLimits(world.wallet.clock);
});

const clientWith = (idempotencyKey: string): Client => ({
  address: '192.0.2.1',
  userAgent: 'test',
  requestId: 'r',
  cookies: new Map(),
  header: (name) => (name === 'idempotency-key' ? idempotencyKey : undefined),
});
const memberDeps = ({ deposit }: Deps, over: Partial<MemberDeps> = {}): MemberDeps => ({
  ...deposit,
  rates,
  linkSecret: async () => 'x'.repeat(64),
  pageOrigin: 'https://pay.test',
  ...over,
});

/** `POST /api/xm/deposits` behind authentication. */
const post = (key: string, body: Pick<OpenRequest, 'amountRupiah' | 'method'>, over?: Partial<MemberDeps>) =>
  alone((deps): Promise<Answered<DepositAnswer>> => openFor(memberDeps(deps, over), { memberId: sari, client: clientWith(key), body }));

async function faultOf(asked: Promise<unknown>): Promise<Fault> {
  const outcome = await asked.catch((error: unknown) => error);
  if (outcome instanceof Fault) return outcome;
  throw new Error('it was answered');
}

describe('a wish that is sent again', () => {
  it('uses nothing up of what may be opened: it is answered however often it is sent, and after others have used the limit up', async () => {
    const wish = { amountRupiah, method: 'qris' } as const;
    const first = await post('wish-1', wish);
    expect(first.headers['ratelimit']).toContain(`r=${depositRates.open.limit - 1};`);
    for (let time = 0; time < depositRates.open.limit; time += 1) expect((await post('wish-1', wish)).body).toEqual(first.body);
    const other = await post('wish-2', wish);
    expect(other.headers['ratelimit']).toContain(`r=${depositRates.open.limit - 2};`);
    await cancelled(other.body.id);
    for (let number = 3; number <= depositRates.open.limit; number += 1) await cancelled((await post(`wish-${number}`, wish)).body.id);
    expect(await faultOf(post('wish-31', wish))).toMatchObject({ code: 'request.rate-limited' });
    expect((await post('wish-1', wish)).headers['idempotency-replayed']).toBe('true');
    // Another wish under a known key is known for that at once.
    expect(await faultOf(post('wish-1', { ...wish, amountRupiah: 20_000 }))).toMatchObject({ code: 'deposits.key-reused' });
  });

  it('has one answer for ever, also where the deposit had ended before anybody was answered', async () => {
    const wish = { memberId: sari, idempotencyKey: 'wish-1', method: 'qris', amountRupiah } as const;
    const charge = losing((request: ChargeRequest) => world.wallet.midtrans.charge(request));
    const lost = ({ deposit }: Deps) => openDeposit({ ...deposit, gateways: { midtrans: { ...world.wallet.midtrans, charge } } }, wish);
    await expect(alone(lost)).rejects.toMatchObject({ code: 'payments.outcome-unknown' });
    const [id = ''] = world.wallet.midtrans.charges.keys();
    await cancelled(id);
    const again = ({ deposit }: Deps) => openDeposit(deposit, wish);
    const first = await alone(again);
    expect(first).toMatchObject({ answer: { id, status: 'cancelled' }, isReplayed: true });
    world.wallet.midtrans.pay(id);
    world.wallet.clock.advance(hour);
    await world.settle(id);
    expect(depositNamed(id)?.status).toBe('paid_late');
    expect(await alone(again)).toEqual(first);
  });
});

const cancelled = (depositId: string) => alone(({ deposit }) => cancelDeposit(deposit, { depositId, memberId: sari }));

describe('a wish that cannot be met', () => {
  it('is told how much may come in, behind the limits of requests as well', async () => {
    const fault = await faultOf(post('wish-1', { amountRupiah: 30_000_000, method: 'va-bni' }));
    const { statusCode, headers, body } = problemOf(fault, 'r');
    expect({ statusCode, ...(JSON.parse(body) as object) }).toMatchObject({
      statusCode: 409,
      code: 'deposits.over-limit',
      room: { limit: 'balance', roomRupiah: 20_000_000 },
      errors: [{ pointer: '/amountRupiah' }],
    });
    expect(headers['ratelimit']).toContain('deposits-open');
  });

  it('by a wallet that asks on the phone is refused to whoever has none, and not offered', async () => {
    const phoneless = { phoneOf: async () => undefined };
    const fault = await faultOf(post('wish-1', { amountRupiah, method: 'ewallet-ovo' }, phoneless));
    expect(fault).toMatchObject({ code: 'deposits.method-unavailable', errors: [{ pointer: '/method' }] });
    const offered = (over?: Partial<MemberDeps>) =>
      alone(async (deps) => (await offerFor(memberDeps(deps, over), sari)).methods.map(({ method }) => method));
    expect(await offered(phoneless)).not.toContain('ewallet-ovo');
    expect(await offered()).toContain('ewallet-ovo');
    expect((await post('wish-1', { amountRupiah, method: 'ewallet-ovo' })).body.status).toBe('pending');
  });
});
