/**
 * The routes of members with everything behind them in memory.
 */
import { accountEndpoints } from '#shared/identity/account/account-endpoints.ts';
import type { DeletionQueue, ExportFiles, MemberBelongings } from '#shared/identity/account/ports.ts';
import { endAllSessions } from '#shared/identity/engine/sessions.ts';
import type { KycCard } from '#shared/identity/kyc/kyc-card.ts';
import { signInEndpoints } from '#shared/identity/sign-in/sign-in-endpoints.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { fakeAuditLog } from './fake-audit-log.ts';
import { fakeMessenger } from './fake-messenger.ts';
import { fakeRateLimits } from './fake-rate-limits.ts';
import { httpEvent, lambdaContext } from './http-event.ts';
import { memberWorld } from './identity-world.ts';

function memoryDeletionQueue(): DeletionQueue & { readonly queued: Map<string, number> } {
  const queued = new Map<string, number>();
  const exported = new Map<string, number>();
  return {
    queued,
    exportedAt: async (memberId) => exported.get(memberId),
    async noteExport(memberId, atMs) {
      exported.set(memberId, atMs);
    },
    // What the fake database applies together with the rest of a transaction.
    scheduled: (memberId, deletionAtMs) => ({ apply: () => queued.set(memberId, deletionAtMs) }),
    unscheduled: (memberId) => ({ apply: () => queued.delete(memberId) }),
    due: async (nowMs, limit) =>
      [...queued]
        .filter(([, atMs]) => atMs <= nowMs)
        .slice(0, limit)
        .map(([memberId, deletionAtMs]) => ({ memberId, deletionAtMs })),
  };
}

interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- What an answer holds is what the tests are about.
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

export async function memberFlows() {
  const world = await memberWorld();
  const { clock } = world;
  const knownFromBreach = new Set<string>();
  const engine = { ...world.engine, breaches: { knows: async (password: string) => knownFromBreach.has(password) } };
  const audit = fakeAuditLog(clock);
  const messenger = fakeMessenger();
  const deletions = memoryDeletionQueue();
  const exports = new Map<string, string>();
  const cards = new Map<string, KycCard>();
  const erased: string[] = [];
  const files: ExportFiles = {
    async put(memberId, content) {
      exports.set(memberId, content);
      return { url: `https://exports.test/${memberId}`, expiresAtMs: clock.now() + 900_000 };
    },
    async remove(memberId) {
      exports.delete(memberId);
    },
  };
  const belongings: MemberBelongings = {
    async erase(memberId) {
      erased.push(memberId);
    },
  };
  const deps = {
    engine,
    clock,
    database: world.database,
    sessions: { endAll: async (subject: string) => void (await endAllSessions(engine, subject)) },
    audit,
    auditReader: audit,
    messenger,
    limits: fakeRateLimits(clock),
    deletions,
    files,
    belongings,
    cards: { get: async (id: string) => cards.get(id), erase: async (id: string) => void cards.delete(id) },
    vault: { open: async () => ({ nik: '3173000000000001', fullName: 'Sari', birthDate: '1990-01-01', address: 'Jl. Satu 1' }) },
  };
  const handler = httpHandler(...signInEndpoints(deps), ...accountEndpoints(deps));
  const call = async (
    routeKey: string,
    { address, ...request }: { body?: object; path?: Record<string, string>; caller?: unknown; address?: string } = {},
  ): Promise<Answer> => {
    const event = httpEvent(routeKey, { caller: null, ...request });
    if (address !== undefined) event.requestContext.http.sourceIp = address;
    const answer = await handler(event, lambdaContext());
    return { status: answer.statusCode, body: answer.body === '' ? undefined : JSON.parse(answer.body), headers: answer.headers };
  };
  /** A new member, signed in; `as` calls for it. */
  const signedUp = async (handle: string, password?: string, email = `${handle.toLowerCase()}@example.id`) => {
    const { body } = await call('POST /api/xm/auth/sign-up', { body: { handle, email, ...(password && { password }) } });
    const code = messenger.codeTo(email);
    const verified = await call('POST /api/xm/auth/sign-up/verify', { body: { challengeId: body.challengeId, code } });
    const { id } = verified.body.account as { id: string };
    const [session] = (await engine.records.findMany<{ id: string }>({ model: 'session', where: [{ field: 'userId', value: id }] })) ?? [];
    const caller = { subject: id, roles: ['member'], sessionId: session?.id ?? '' };
    const as = (routeKey: string, request: { body?: object; path?: Record<string, string> } = {}) => call(routeKey, { ...request, caller });
    return { id, email, caller, as, tokens: verified.body as { accessToken: string; refreshToken: string } };
  };
  return { ...world, engine, knownFromBreach, deps, audit, messenger, deletions, exports, cards, erased, call, signedUp };
}
