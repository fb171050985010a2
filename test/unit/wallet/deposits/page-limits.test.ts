/**
 * How often the deposit page may ask: by whose it is, not by where it is opened.
 */
import { beforeEach, expect, it } from 'vitest';
import type { Client } from '#shared/platform/http/request.ts';
import { depositLinkLimits, depositRates } from '#shared/wallet/deposits/deposit-limits.ts';
import { depositLinkHeader, signDepositLink } from '#shared/wallet/deposits/deposit-link.ts';
import { pageEndpoints, type PageDeps } from '#shared/wallet/deposits/page-endpoints.ts';
import { pageRoutes } from '#shared/wallet/deposits/page-routes.ts';
import { fakeRateLimits } from '#test/fakes/fake-rate-limits.ts';
import { sampleMember } from '#test/fakes/identity-samples.ts';
import { walletWorld } from '#test/fakes/wallet-world.ts';

const world = walletWorld();
const secret = 'x'.repeat(64);
let rates: PageDeps['rates'];
beforeEach(() => {
  world.begin();
  rates = fakeRateLimits(world.wallet.clock);
});

const linkOf = (memberId: string): string =>
  signDepositLink({ memberId, expiresAtMs: world.wallet.clock.now() + depositLinkLimits.lifetimeMs }, secret);
const memberNamed = (number: number): string => String(100_000_000_000_000_001n + BigInt(number));

/** Everybody comes from one address, as phones of one carrier do. `ok`, or the code of the problem. */
function visits(links: readonly string[]): Promise<string[]> {
  return world.alone(async ({ deposit }) => {
    const members: PageDeps['members'] = { get: async (memberId) => sampleMember({ id: memberId }) };
    const deps = { ...deposit, rates, members, linkSecret: async () => secret, pageOrigin: 'https://pay.test' };
    const session = pageEndpoints(deps).find(({ route }) => route === pageRoutes.session);
    const outcomes: string[] = [];
    for (const link of links) {
      const asked = session?.serve({
        path: {},
        query: {},
        body: undefined,
        caller: undefined,
        client: clientWith(link),
        bytes: () => Buffer.alloc(0),
      });
      outcomes.push(
        await Promise.resolve(asked).then(
          () => 'ok',
          (error: { readonly code: string }) => error.code,
        ),
      );
    }
    return outcomes;
  });
}

const clientWith = (link: string): Client => ({
  address: '192.0.2.1',
  userAgent: 'test',
  requestId: 'r',
  cookies: new Map(),
  header: (name) => (name === depositLinkHeader ? link : undefined),
});

it('counts a good link for its member: those behind one address are not in each other’s way', async () => {
  const { limit } = depositRates.page;
  const own = Array.from({ length: limit }, () => linkOf(memberNamed(0)));
  expect(new Set(await visits(own))).toEqual(new Set(['ok']));
  expect(await visits([linkOf(memberNamed(0)), linkOf(memberNamed(1))])).toEqual(['request.rate-limited', 'ok']);
});

it('counts a link that is none for the address it comes from, and lets good ones from there pass', async () => {
  const { limit } = depositRates.wrongLinks;
  const wrong = Array.from({ length: limit + 1 }, (_, number) => `${linkOf(memberNamed(number))}x`);
  const outcomes = await visits(wrong);
  expect(outcomes.slice(0, limit)).toEqual(wrong.slice(1).map(() => 'deposits.link-invalid'));
  expect(outcomes.at(-1)).toBe('request.rate-limited');
  expect(await visits([linkOf(memberNamed(0))])).toEqual(['ok']);
});
