/**
 * The function behind the audit log's routes, as API Gateway calls it.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { httpEvent, lambdaContext } from '#test/fakes/http-event.ts';
import { auditRoutes } from '#shared/platform/audit/audit-routes.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { httpHandler } from '#shared/platform/http/http-handler.ts';
import { routeKey } from '#shared/platform/http/route.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

vi.hoisted(() => {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
});

let engine: Engine;
let handler: ReturnType<typeof httpHandler>;

beforeAll(async () => {
  engine = await startDynamodb();
  const table = await engine.table(['gsi1', 'gsi2']);
  const audit = dynamodbAuditLog(table, fakeClock());
  const client = { address: '192.0.2.1', userAgent: 'curl', requestId: 'req-1' };
  const decision = { stream: 'member:1', subject: 'member:1', actor: 'staff:stf_a', actorName: 'Sari', client, reason: 'Spam' };
  await audit.append({ ...decision, action: 'member.status-changed', before: { status: 'basic' }, after: { status: 'banned' } });
  await audit.append({ stream: 'system', subject: 'system:signing-keys', actor: 'system:sweep', action: 'key.rotated' });
  const environment = {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_ENDPOINT_URL: engine.url,
    AUDIT_TABLE: table.name,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  ({ handler } = await import('../../../functions/platform/audit.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await engine.stop();
});

async function ask(route: keyof typeof auditRoutes, request: Parameters<typeof httpEvent>[1] = {}) {
  const { statusCode, body } = await handler(httpEvent(routeKey(auditRoutes[route]), request), lambdaContext());
  return { status: statusCode, body: JSON.parse(body) as Record<string, unknown> };
}

describe('the audit log over HTTP', () => {
  it('answers records as the route describes them, and nothing else of them', async () => {
    const { status, body } = await ask('list', { query: { subject: 'member:1' } });
    expect(status).toBe(200);
    expect(body).toEqual({
      records: [
        {
          id: 'member:1/1',
          at: '2026-11-21T12:00:00.000Z',
          action: 'member.status-changed',
          actor: 'staff:stf_a',
          actorName: 'Sari',
          subject: 'member:1',
          address: '192.0.2.1',
          userAgent: 'curl',
          requestId: 'req-1',
          reason: 'Spam',
          before: { status: 'basic' },
          after: { status: 'banned' },
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
      nextCursor: null,
      partial: false,
    });
    expect(auditRoutes.list.answer.strict().safeParse(body).success).toBe(true);
  });

  it('goes on with its cursor', async () => {
    const first = (await ask('list', { query: { limit: '1' } })).body;
    const second = (await ask('list', { query: { limit: '1', cursor: first['nextCursor'] as string } })).body;
    expect([first, second].map(({ records }) => (records as { id: string }[]).map(({ id }) => id))).toEqual([['system/1'], ['member:1/1']]);
    expect(second['nextCursor']).toBeNull();
  });

  it('verifies a chain', async () => {
    const answer = await ask('verify', { path: { stream: 'member:1' } });
    expect(answer).toEqual({ status: 200, body: { state: 'whole', records: 1, brokenAt: null } });
  });

  it.each([
    ['support', 403],
    ['finance', 403],
    ['auditor', 200],
  ])('shows itself to %s: %i', async (role, status) => {
    const caller = { subject: 'stf_x', roles: [role], sessionId: 'ses_1' };
    expect((await ask('list', { caller })).status).toBe(status);
    expect((await ask('verify', { caller, path: { stream: 'system' } })).status).toBe(status);
  });

  it('refuses days that are none', async () => {
    expect(await ask('list', { query: { from: '2026-13-01' } })).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });
});
