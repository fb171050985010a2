/**
 * The desk on the engine of the local stack: its routes behind the handler, staff in the tables, and browsers that keep cookies.
 */
import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest';
import { decodeJwt } from 'jose';
import { dynamodbAuthDatabase } from '#shared/identity/engine/dynamodb-auth-database.ts';
import { staffRealm } from '#shared/identity/engine/staff-realm.ts';
import { totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import { dynamodbSubjectSessions } from '#shared/identity/dynamodb-subject-sessions.ts';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { deskEndpoints } from '#shared/identity/staff/desk-endpoints.ts';
import { dynamodbInvitationStore } from '#shared/identity/staff/dynamodb-invitation-store.ts';
import { dynamodbStaffStore } from '#shared/identity/staff/dynamodb-staff-store.ts';
import { createFirstOwner, inviteStaff } from '#shared/identity/staff/invite-staff.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { routeKey, type Route } from '#shared/platform/http/route.ts';
import { fakeClock, type FakeClock } from '#test/fakes/clock.ts';
import { fakeMessenger } from '#test/fakes/fake-messenger.ts';
import { fakeRateLimits } from '#test/fakes/fake-rate-limits.ts';
import { httpEvent, lambdaContext } from '#test/fakes/http-event.ts';
import { engineWorld } from '#test/fakes/identity-world.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';
import { identityTables } from './administration-tables.ts';

vi.hoisted(() => {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
});

export const origin = 'https://desk.example';
export const password = 'four words are enough';

/** What a browser keeps, and a person knows. */
interface Person {
  staffId: string;
  email: string;
  secret: string;
  accessToken: string;
  recoveryCodes: string[];
  cookies: Map<string, string>;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { code?: string };
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

async function openDesk(dynamodb: Engine, clock: FakeClock) {
  const { identity, tables, audit, guards } = await identityTables(dynamodb, clock);
  const database = dynamodbAuthDatabase({ identity, guards: tables.guards }, staffRealm);
  const { engine } = await engineWorld(staffRealm, { database, guards }, clock);
  const messenger = fakeMessenger();
  const deps = {
    engine,
    staff: dynamodbStaffStore(tables),
    invitations: dynamodbInvitationStore(tables),
    sessions: dynamodbSubjectSessions(tables),
    audit,
    messenger,
    limits: fakeRateLimits(clock),
    backofficeOrigin: origin,
    clock,
    chance: systemChance,
  };
  const handler = httpHandler(...deskEndpoints(deps));

  interface Request {
    readonly body?: object;
    readonly by?: Person;
    readonly headers?: Record<string, string>;
    readonly path?: Record<string, string>;
  }

  /** A request of somebody's browser, which keeps the cookies of the answer. */
  async function call(route: Route, { by, ...request }: Request = {}): Promise<Answer> {
    const event = httpEvent(routeKey(route), { ...request, caller: by === undefined ? null : callerOf(by) });
    event.requestContext.timeEpoch = clock.now();
    const cookies = [...(by?.cookies ?? [])].map(([name, value]) => `${name}=${value}`);
    const { statusCode, body, headers, cookies: set = [] } = await handler({ ...event, cookies }, lambdaContext());
    for (const cookie of set) keep(by, cookie);
    return { status: statusCode, body: body === '' ? {} : (JSON.parse(body) as Answer['body']), headers, cookies: set };
  }

  /** Another half minute: a code is accepted once. */
  const codeOf = (person: Pick<Person, 'secret'>): string => {
    clock.advance(30_000);
    return totpCode(bytesOf(person.secret), totpStep(clock.now()));
  };

  async function enrolBy(ticket: unknown, secret: unknown, person: Person): Promise<Answer> {
    person.secret = String(secret);
    const enrolled = await call(deskRoutes.enrol, { body: { ticket, code: codeOf(person) }, by: { ...person, accessToken: noToken } });
    const { staff, accessToken, recoveryCodes } = enrolled.body as {
      staff?: { id: string };
      accessToken?: string;
      recoveryCodes?: string[];
    };
    Object.assign(person, { staffId: staff?.id, accessToken, recoveryCodes });
    return enrolled;
  }

  async function join(token: string, email: string): Promise<Person> {
    const person: Person = { staffId: '', email, secret: '', accessToken: noToken, recoveryCodes: [], cookies: new Map() };
    const accepted = await call(deskRoutes.acceptInvitation, { body: { token, name: `Name of ${email}`, password, locale: 'en' } });
    expect(accepted.status).toBe(200);
    expect((await enrolBy(accepted.body['ticket'], accepted.body['secret'], person)).status).toBe(201);
    return person;
  }

  async function firstOwner(): Promise<Person> {
    const invited = await createFirstOwner(deps, 'olivia@example.id');
    return join(invited!.token, 'olivia@example.id');
  }

  const decider = ({ staffId }: Person) => ({ staffId, client: { address: '192.0.2.1', userAgent: 'test' } });
  const tokenOfLastLink = (): string => {
    const { values } = messenger.sent.at(-1)!;
    return 'link' in values ? values.link.split('token=')[1]! : '';
  };

  async function hire(owner: Person, email: string, roles: ('owner' | 'support')[] = ['support']): Promise<Person> {
    await inviteStaff(deps, { email, roles, decider: decider(owner) });
    return join(tokenOfLastLink(), email);
  }

  async function signIn(person: Person, given: { password?: string; code?: string } = {}): Promise<Answer> {
    const first = await call(deskRoutes.signIn, { body: { email: person.email, password: given.password ?? password } });
    if (first.status !== 200) return first;
    const body = { ticket: first.body['ticket'], code: given.code ?? codeOf(person) };
    const second = await call(deskRoutes.secondFactor, { body, by: { ...person, accessToken: noToken } });
    if (second.status === 200) person.accessToken = String(second.body['accessToken']);
    return second;
  }

  const refresh = (person: Person, headers: Record<string, string> = {}) =>
    call(deskRoutes.refresh, {
      by: { ...person, accessToken: noToken },
      headers: { 'x-csrf-token': person.cookies.get('__Host-xm-csrf') ?? '', ...headers },
    });
  const actions = async (person: Person) =>
    (await audit.ofStream(`staff:${person.staffId}`, { limit: 50 })).map(({ action }) => action).toReversed();

  return {
    deps,
    audit,
    guards,
    messenger,
    clock,
    call,
    codeOf,
    enrolBy,
    join,
    firstOwner,
    hire,
    signIn,
    refresh,
    actions,
    decider,
    tokenOfLastLink,
  };
}

/** A desk of its own for every test of the file, on one engine. */
export function eachOnAFreshDesk(take: (desk: Desk) => void): void {
  let dynamodb: Engine;
  beforeAll(async () => {
    dynamodb = await startDynamodb();
  });
  beforeEach(async () => take(await openDesk(dynamodb, fakeClock(Date.UTC(2026, 10, 22, 3)))));
  afterAll(() => dynamodb.stop());
}

/** A token of nobody: the routes that are tried with it state no permission and look at no caller. */
const noToken = `e30.${Buffer.from('{"sub":"nobody","roles":[],"sid":"none"}').toString('base64url')}.e30`;

export function bytesOf(base32: string): Uint8Array {
  const bits = base32.replace(/./g, (letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

function keep(person: Person | undefined, cookie: string): void {
  const [name = '', value = ''] = cookie.split(';')[0]!.split('=');
  person?.cookies.set(name, value);
}

/** What the authorizer makes of an access token. */
function callerOf({ accessToken }: Person) {
  const { sub, roles, sid, mfa_at: secondFactorAt } = decodeJwt<{ roles: string[]; sid: string; mfa_at?: number }>(accessToken);
  return { subject: sub, roles, sessionId: sid, secondFactorAt };
}
