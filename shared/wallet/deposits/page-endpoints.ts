/**
 * The deposit page's routes with the code that serves them: the same use cases, for the member whom the link names.
 */
import { rolesOfMember } from '#shared/identity/administration/membership-status.ts';
import type { MemberDirectory } from '#shared/identity/administration/ports.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import { on, type Endpoint } from '#shared/platform/http/http-handler.ts';
import type { Client } from '#shared/platform/http/request.ts';
import { allows } from '#shared/platform/permissions.ts';
import { networkOf } from '#shared/platform/rate-limit/network-of.ts';
import { withinRateLimits } from '#shared/platform/rate-limit/within-rate-limits.ts';
import { requestFault } from '#shared/platform/request-faults.ts';
import { depositFault } from './deposit-faults.ts';
import { depositRates } from './deposit-limits.ts';
import { depositLinkHeader, openDepositLink, type DepositLinkClaims } from './deposit-link.ts';
import { cancelDeposit, ownDeposit } from './end-deposit.ts';
import { offerFor, openFor, type MemberDeps } from './member-endpoints.ts';
import { pageRoutes } from './page-routes.ts';
import { answerWith, presentDeposit } from './present-deposit.ts';
import { listDeposits, readDeposit } from './read-deposits.ts';

export interface PageDeps extends MemberDeps {
  readonly members: Pick<MemberDirectory, 'get'>;
}

export function pageEndpoints(deps: PageDeps): Endpoint[] {
  return [
    on(pageRoutes.session, ({ client }) => session(deps, client)),
    on(pageRoutes.list, async ({ client, query }) => {
      const { memberId, depositId } = await visitorOf(deps, client, 'account:read');
      return depositId === undefined ? listDeposits(deps, { ...query, memberId }) : listOfOne(deps, { memberId, depositId });
    }),
    on(pageRoutes.open, async ({ client, body }) => {
      const { memberId, depositId } = await visitorOf(deps, client, 'account:use');
      if (depositId !== undefined) throw requestFault('auth.forbidden');
      return openFor(deps, { memberId, client, body });
    }),
    on(pageRoutes.read, async ({ client, path }) => readDeposit(deps, placeIn(await visitorOf(deps, client, 'account:read'), path))),
    on(pageRoutes.cancel, async ({ client, path }) => {
      const place = placeIn(await visitorOf(deps, client, 'account:use'), path);
      return answerWith(await cancelDeposit(deps, place), deps.clock.now());
    }),
  ];
}

type Visitor = DepositLinkClaims & { readonly member: MemberRecord };

/** A link outlives a session, so what the member may do is asked of the membership as it is now. */
async function visitorOf(deps: PageDeps, client: Client, permission: 'account:read' | 'account:use'): Promise<Visitor> {
  const nowMs = deps.clock.now();
  const claims = await claimsOf(deps, client, nowMs);
  await withinRateLimits(deps.rates, [{ rule: depositRates.page, key: claims.memberId }]);
  const member = await deps.members.get(claims.memberId);
  if (member === undefined) throw depositFault('deposits.link-invalid');
  if (!allows(rolesOfMember(member.membership, nowMs), permission)) throw requestFault('auth.forbidden');
  return { ...claims, member };
}

/**
 * Thousands of phones of one carrier come from one address, so that a link which is good counts for its member. One that is not counts for the address
 * it comes from.
 */
async function claimsOf(deps: PageDeps, client: Client, nowMs: number): Promise<DepositLinkClaims> {
  const secret = await deps.linkSecret();
  try {
    return openDepositLink(client.header(depositLinkHeader), { secret, nowMs });
  } catch (error) {
    await withinRateLimits(deps.rates, [{ rule: depositRates.wrongLinks, key: networkOf(client.address) }]);
    throw error;
  }
}

/** A link for one deposit opens no other. */
function placeIn({ memberId, depositId }: DepositLinkClaims, path: { readonly depositId: string }) {
  if (depositId !== undefined && depositId !== path.depositId) throw depositFault('deposits.not-found');
  return { memberId, depositId: path.depositId };
}

async function session(deps: PageDeps, client: Client) {
  const { member, memberId, depositId, expiresAtMs } = await visitorOf(deps, client, 'account:read');
  const mayOpen = depositId === undefined && allows(rolesOfMember(member.membership, deps.clock.now()), 'account:use');
  const offer = mayOpen ? await offerFor(deps, memberId) : { methods: [], roomRupiah: 0 };
  return {
    ...offer,
    serverTime: new Date(deps.clock.now()).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
    locale: member.locale,
    displayName: member.displayName,
    depositId: depositId ?? null,
  };
}

async function listOfOne(deps: PageDeps, place: { readonly memberId: string; readonly depositId: string }) {
  const deposit = await ownDeposit(deps, place);
  const nowMs = deps.clock.now();
  return { deposits: [presentDeposit(deposit, nowMs)], nextCursor: null, serverTime: new Date(nowMs).toISOString() };
}
