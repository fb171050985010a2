import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { dynamodbAuthDatabase } from '#shared/identity/engine/dynamodb-auth-database.ts';
import { staffRealm } from '#shared/identity/engine/staff-realm.ts';
import { totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import { dynamodbSubjectSessions } from '#shared/identity/dynamodb-subject-sessions.ts';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { changeRoles, changeStaffStatus } from '#shared/identity/staff/change-staff.ts';
import { deskEndpoints } from '#shared/identity/staff/desk-endpoints.ts';
import { dynamodbInvitationStore } from '#shared/identity/staff/dynamodb-invitation-store.ts';
import { dynamodbStaffStore } from '#shared/identity/staff/dynamodb-staff-store.ts';
import { createFirstOwner, inviteStaff, withdrawInvitation } from '#shared/identity/staff/invite-staff.ts';
import { resetSecondFactor } from '#shared/identity/staff/reset-second-factor.ts';
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

let dynamodb: Engine;
beforeAll(async () => {
  dynamodb = await startDynamodb();
});
afterAll(() => dynamodb.stop());

const origin = 'https://desk.example';
const password = 'four words are enough';

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

async function openDesk(clock: FakeClock) {
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

  async function call(
    route: Route,
    request: { body?: object; by?: Person; headers?: Record<string, string>; path?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { by, body, headers, path } = request;
    const claims = by && decodeJwt<{ roles: string[]; sid: string; mfa_at?: number }>(by.accessToken);
    const caller = claims ? { subject: claims.sub, roles: claims.roles, sessionId: claims.sid, secondFactorAt: claims.mfa_at } : null;
    const event = httpEvent(routeKey(route), { ...(body && { body }), ...(path && { path }), headers: { ...headers }, caller });
    event.requestContext.timeEpoch = clock.now();
    const cookies = [...(by?.cookies ?? [])].map(([name, value]) => `${name}=${value}`);
    const { statusCode, body: text, headers: answered, cookies: set = [] } = await handler({ ...event, cookies }, lambdaContext());
    for (const cookie of set) {
      const [name = '', value = ''] = cookie.split(';')[0]!.split('=');
      by?.cookies.set(name, value);
    }
    return { status: statusCode, body: text === '' ? {} : (JSON.parse(text) as Answer['body']), headers: answered, cookies: set };
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

/** A token of nobody: the routes that are tried with it state no permission and look at no caller. */
const noToken = `e30.${Buffer.from('{"sub":"nobody","roles":[],"sid":"none"}').toString('base64url')}.e30`;

function bytesOf(base32: string): Uint8Array {
  const bits = base32.replace(/./g, (letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

describe('the desk', () => {
  let desk: Awaited<ReturnType<typeof openDesk>>;
  beforeEach(async () => {
    desk = await openDesk(fakeClock(Date.UTC(2026, 10, 22, 3)));
  });

  describe('an invitation', () => {
    it('makes the first owner, with a password, an app and ten recovery codes, and signs in', async () => {
      const { token } = (await createFirstOwner(desk.deps, 'olivia@example.id'))!;
      const read = await desk.call(deskRoutes.readInvitation, { body: { token } });
      expect(read.body).toMatchObject({ email: 'olivia@example.id', roles: ['owner'], invitedByName: 'XM' });
      const owner = await desk.join(token, 'olivia@example.id');
      expect(owner.recoveryCodes).toHaveLength(10);
      expect(decodeJwt(owner.accessToken)).toMatchObject({ sub: owner.staffId, roles: ['owner'], ver: 1 });
      expect(await desk.deps.staff.owners()).toBe(1);
      expect((await desk.call(deskRoutes.readMe, { by: owner })).body).toMatchObject({ email: 'olivia@example.id', recoveryCodesLeft: 10 });
      expect(await desk.actions(owner)).toEqual(['staff.joined']);
      expect(await createFirstOwner(desk.deps, 'another@example.id')).toBeUndefined();
    });

    it('is good once, for the time it says, and not once it is withdrawn', async () => {
      const owner = await desk.firstOwner();
      const invalid = async (token: string) => (await desk.call(deskRoutes.readInvitation, { body: { token } })).body.code;
      await desk.hire(owner, 'ani@example.id');
      expect(await invalid(desk.tokenOfLastLink())).toBe('identity.invitation-invalid');

      const { id } = await inviteStaff(desk.deps, { email: 'budi@example.id', roles: ['ops'], decider: desk.decider(owner) });
      await withdrawInvitation(desk.deps, { invitationId: id, decider: desk.decider(owner) });
      expect(await invalid(desk.tokenOfLastLink())).toBe('identity.invitation-invalid');

      await inviteStaff(desk.deps, { email: 'budi@example.id', roles: ['ops'], decider: desk.decider(owner) });
      const token = desk.tokenOfLastLink();
      expect(await invalid(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBe('identity.invitation-invalid');
      expect(await invalid(token)).toBeUndefined();
      desk.clock.advance(72 * 3_600_000);
      expect(await invalid(token)).toBe('identity.invitation-invalid');
    });

    it('makes one account of two people who accept it at once', async () => {
      const owner = await desk.firstOwner();
      await inviteStaff(desk.deps, { email: 'ani@example.id', roles: ['owner'], decider: desk.decider(owner) });
      const body = { token: desk.tokenOfLastLink(), name: 'Ani', password };
      const accepted = await Promise.all([0, 1].map(() => desk.call(deskRoutes.acceptInvitation, { body })));
      desk.clock.advance(30_000);
      const codes = accepted.map(({ body: { secret } }) => totpCode(bytesOf(String(secret)), totpStep(desk.clock.now())));
      const enrolled = await Promise.all(
        accepted.map(({ body: { ticket } }, index) => desk.call(deskRoutes.enrol, { body: { ticket, code: codes[index] } })),
      );
      expect(enrolled.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
      expect(await desk.deps.staff.owners()).toBe(2);
    });

    it('is not accepted after it was withdrawn between password and app', async () => {
      const owner = await desk.firstOwner();
      const { id } = await inviteStaff(desk.deps, { email: 'ani@example.id', roles: ['support'], decider: desk.decider(owner) });
      const { body } = await desk.call(deskRoutes.acceptInvitation, { body: { token: desk.tokenOfLastLink(), name: 'Ani', password } });
      await withdrawInvitation(desk.deps, { invitationId: id, decider: desk.decider(owner) });
      const code = desk.codeOf({ secret: String(body['secret']) });
      expect((await desk.call(deskRoutes.enrol, { body: { ticket: body['ticket'], code } })).body.code).toBe('identity.invitation-invalid');
      expect(await desk.deps.staff.ids({ limit: 5 })).toEqual([owner.staffId]);
    });
  });

  describe('a sign-in', () => {
    it('takes the password and then a code, each code once', async () => {
      const owner = await desk.firstOwner();
      const answer = await desk.signIn(owner);
      expect(answer.status).toBe(200);
      const code = desk.codeOf(owner);
      expect((await desk.signIn(owner, { code })).status).toBe(200);
      expect((await desk.signIn(owner, { code })).body.code).toBe('identity.code-wrong');
      expect(await desk.actions(owner)).toEqual(['staff.joined', 'sign-in.ok', 'sign-in.ok', 'sign-in.refused']);
    });

    it('takes a recovery code once, and tells how many are left', async () => {
      const owner = await desk.firstOwner();
      const code = owner.recoveryCodes[3]!.toLowerCase();
      expect((await desk.signIn(owner, { code })).body['staff']).toMatchObject({ recoveryCodesLeft: 9 });
      expect((await desk.signIn(owner, { code })).body.code).toBe('identity.code-wrong');
    });

    it('answers a wrong password, an unknown address and a disabled account alike, also when locked', async () => {
      const owner = await desk.firstOwner();
      const ani = await desk.hire(owner, 'ani@example.id');
      const wrong = async (email: string) => {
        const { status, body } = await desk.call(deskRoutes.signIn, { body: { email, password: 'not the password' } });
        return { status, code: body.code, detail: body['detail'] };
      };
      const attempts = async (email: string) => [
        await wrong(email),
        await wrong(email),
        await wrong(email),
        await wrong(email),
        await wrong(email),
        await wrong(email),
      ];
      const known = await attempts('olivia@example.id');
      expect(known.map(({ code }) => code)).toEqual([...Array.from({ length: 5 }, () => 'identity.credentials-wrong'), 'identity.locked']);
      expect(await attempts('nobody@example.id')).toEqual(known);
      await changeStaffStatus(desk.deps, { staffId: ani.staffId, to: 'disabled', reason: 'left', decider: desk.decider(owner) });
      expect((await desk.signIn(ani)).body.code).toBe('identity.credentials-wrong');
      desk.clock.advance(60_000);
      expect((await desk.signIn(owner)).status).toBe(200);
    });

    it('takes no ticket of a sign-in from before all sessions were ended', async () => {
      const owner = await desk.firstOwner();
      const { body } = await desk.call(deskRoutes.signIn, { body: { email: owner.email, password } });
      await desk.call(deskRoutes.endAllSessions, { by: owner });
      const second = await desk.call(deskRoutes.secondFactor, { body: { ticket: body['ticket'], code: desk.codeOf(owner) } });
      expect(second.body.code).toBe('identity.ticket-invalid');
    });
  });

  describe('a session', () => {
    it('lives in a cookie that scripts cannot read, beside one that only our page can', async () => {
      const owner = await desk.firstOwner();
      const { cookies } = await desk.signIn(owner);
      expect(cookies[0]).toMatch(/^__Host-xm-desk=[^;]+; Path=\/; Max-Age=7200; Secure; HttpOnly; SameSite=Strict$/);
      expect(cookies[1]).toMatch(/^__Host-xm-csrf=[^;]+; Path=\/; Max-Age=7200; Secure; SameSite=Strict$/);
    });

    it('goes on by its cookie for a request of our own page, and of nobody else', async () => {
      const owner = await desk.firstOwner();
      const refused = async (headers: Record<string, string>) => (await desk.refresh(owner, headers)).body.code;
      expect(await refused({ 'x-csrf-token': '' })).toBe('identity.csrf');
      expect(await refused({ origin: 'https://evil.example' })).toBe('identity.csrf');
      expect(await refused({ origin, 'sec-fetch-site': 'cross-site' })).toBe('identity.csrf');
      const planted = { ...owner, cookies: new Map([...owner.cookies, ['__Host-xm-csrf', 'planted']]) };
      expect((await desk.refresh(planted)).body.code).toBe('identity.csrf');
      expect(await refused({ origin, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
      expect(await refused({ origin })).toBeUndefined();
    });

    it('asks for a sign-in without a cookie, or with one that is not ours', async () => {
      const owner = await desk.firstOwner();
      expect((await desk.refresh({ ...owner, cookies: new Map() })).body.code).toBe('identity.session-ended');
      expect((await desk.refresh({ ...owner, cookies: new Map([['__Host-xm-desk', 'x.y.z.w']]) })).body.code).toBe(
        'identity.session-ended',
      );
    });

    it('ends when a former cookie comes back, with its tokens', async () => {
      const owner = await desk.firstOwner();
      const stolen = { ...owner, cookies: new Map(owner.cookies) };
      expect((await desk.refresh(owner)).status).toBe(200);
      expect((await desk.refresh(stolen)).body.code).toBe('identity.session-ended');
      expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
      expect(await desk.actions(owner)).toContain('session.reuse-detected');
      const { sid } = decodeJwt<{ sid: string }>(owner.accessToken);
      expect(Object.keys((await desk.guards.read(owner.staffId))!.revoked)).toEqual([sid]);
    });

    it('lasts twelve hours at most, and two without use', async () => {
      const owner = await desk.firstOwner();
      for (let hours = 0; hours < 11; hours += 1) {
        desk.clock.advance(3_600_000);
        expect((await desk.refresh(owner)).status).toBe(200);
      }
      desk.clock.advance(3_600_000);
      expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
      await desk.signIn(owner);
      desk.clock.advance(7_200_000);
      expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
    });

    it('carries new roles from the next refresh on, and none for whoever was disabled', async () => {
      const owner = await desk.firstOwner();
      const ani = await desk.hire(owner, 'ani@example.id');
      await changeRoles(desk.deps, { staffId: ani.staffId, roles: ['finance'], reason: 'moved', decider: desk.decider(owner) });
      const { body } = await desk.refresh(ani);
      expect(decodeJwt(String(body['accessToken']))).toMatchObject({ roles: ['finance'], ver: 2 });
      await changeStaffStatus(desk.deps, { staffId: ani.staffId, to: 'disabled', reason: 'left', decider: desk.decider(owner) });
      expect((await desk.refresh(ani)).body.code).toBe('identity.session-ended');
    });

    it('is signed out by its cookie, and cookies go with it', async () => {
      const owner = await desk.firstOwner();
      const csrf = { 'x-csrf-token': owner.cookies.get('__Host-xm-csrf')! };
      const former = { ...owner, cookies: new Map(owner.cookies) };
      expect((await desk.call(deskRoutes.signOut, { by: owner })).body.code).toBe('identity.csrf');
      const answer = await desk.call(deskRoutes.signOut, { by: owner, headers: csrf });
      expect([answer.status, answer.cookies.every((cookie) => cookie.includes('Max-Age=0'))]).toEqual([204, true]);
      expect((await desk.refresh(former)).body.code).toBe('identity.session-ended');
      expect((await desk.call(deskRoutes.signOut)).status).toBe(204);
    });

    it('is listed with the one that asks marked, and ended one by one or all at once', async () => {
      const owner = await desk.firstOwner();
      await desk.signIn({ ...owner, cookies: new Map() });
      const { sessions } = (await desk.call(deskRoutes.listSessions, { by: owner })).body as {
        sessions: { id: string; current: boolean }[];
      };
      expect(sessions.map(({ current }) => current).toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true]);
      const other = sessions.find(({ current }) => !current)!.id;
      expect((await desk.call(deskRoutes.endSession, { by: owner, path: { sessionId: other } })).status).toBe(204);
      expect((await desk.call(deskRoutes.endSession, { by: owner, path: { sessionId: other } })).body.code).toBe(
        'identity.session-not-found',
      );
      expect((await desk.call(deskRoutes.endAllSessions, { by: owner })).status).toBe(204);
      expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
    });
  });

  describe('a step-up', () => {
    it('opens decisions for five minutes with a code of the app, and with no recovery code', async () => {
      const owner = await desk.firstOwner();
      desk.clock.advance(301_000);
      expect((await desk.call(deskRoutes.renewRecoveryCodes, { by: owner })).body.code).toBe('auth.step-up-required');
      const recovery = { code: owner.recoveryCodes[0] };
      expect((await desk.call(deskRoutes.stepUp, { by: owner, body: recovery })).status).toBe(400);
      const { body } = await desk.call(deskRoutes.stepUp, { by: owner, body: { code: desk.codeOf(owner) } });
      expect(body['secondFactorAt']).toBe(new Date(desk.clock.now()).toISOString());
      const stepped = { ...owner, accessToken: String(body['accessToken']) };
      const renewed = await desk.call(deskRoutes.renewRecoveryCodes, { by: stepped });
      expect(renewed.body['recoveryCodes']).toHaveLength(10);
      expect((await desk.signIn(owner, { code: owner.recoveryCodes[0]! })).body.code).toBe('identity.code-wrong');
      expect((await desk.refresh(owner)).body['secondFactorAt']).toBe(body['secondFactorAt']);
    });

    it('locks after wrong codes, whoever has the password', async () => {
      const owner = await desk.firstOwner();
      const wrong = () => desk.call(deskRoutes.stepUp, { by: owner, body: { code: '000000' } });
      for (let attempt = 1; attempt <= 5; attempt += 1) expect((await wrong()).body.code).toBe('identity.code-wrong');
      const locked = await desk.call(deskRoutes.stepUp, {
        by: owner,
        body: { code: totpCode(bytesOf(owner.secret), totpStep(desk.clock.now()) + 1) },
      });
      expect([locked.body.code, Number(locked.headers['retry-after'])]).toEqual(['identity.locked', 30]);
    });
  });

  describe('a password', () => {
    it('is changed with the old one, ends the other sessions and leaves this one', async () => {
      const owner = await desk.firstOwner();
      const other = { ...owner, cookies: new Map<string, string>() };
      await desk.signIn(other);
      const change = { password, newPassword: 'five other words are better' };
      desk.clock.advance(301_000);
      expect((await desk.call(deskRoutes.changePassword, { by: owner, body: { ...change, password: 'wrong' } })).body.code).toBe(
        'auth.step-up-required',
      );
      const { body: stepped } = await desk.call(deskRoutes.stepUp, { by: owner, body: { code: desk.codeOf(owner) } });
      owner.accessToken = String(stepped['accessToken']);
      expect((await desk.call(deskRoutes.changePassword, { by: owner, body: { ...change, password: 'wrong' } })).body.code).toBe(
        'identity.credentials-wrong',
      );
      const changed = await desk.call(deskRoutes.changePassword, { by: owner, body: change });
      const guard = (await desk.guards.read(owner.staffId))!;
      expect(decodeJwt(String(changed.body['accessToken']))).toMatchObject({
        ver: guard.version,
        sid: decodeJwt(owner.accessToken)['sid'],
      });
      expect((await desk.refresh(owner)).status).toBe(200);
      expect((await desk.refresh(other)).body.code).toBe('identity.session-ended');
      expect((await desk.signIn(owner)).body.code).toBe('identity.credentials-wrong');
      expect((await desk.signIn(owner, { password: change.newPassword })).status).toBe(200);
      expect(desk.messenger.sent.at(-1)).toMatchObject({ template: 'password-changed', to: owner.email });
    });

    it('is reset by a link and a second factor, once', async () => {
      const owner = await desk.firstOwner();
      const asked = await desk.call(deskRoutes.forgotPassword, { body: { email: 'OLIVIA@example.id' } });
      expect(asked.status).toBe(202);
      const body = { token: desk.tokenOfLastLink(), code: '000000', password: 'five other words are better' };
      expect((await desk.call(deskRoutes.resetPassword, { body })).body.code).toBe('identity.code-wrong');
      const reset = { ...body, code: owner.recoveryCodes[9] };
      expect((await desk.call(deskRoutes.resetPassword, { body: reset })).status).toBe(204);
      expect((await desk.call(deskRoutes.resetPassword, { body: { ...body, code: desk.codeOf(owner) } })).body.code).toBe(
        'identity.ticket-invalid',
      );
      expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
      expect((await desk.signIn(owner, { password: body.password })).status).toBe(200);
    });

    it('is forgotten alike by somebody and by nobody, who gets no mail', async () => {
      await desk.firstOwner();
      const known = await desk.call(deskRoutes.forgotPassword, { body: { email: 'olivia@example.id' } });
      const unknown = await desk.call(deskRoutes.forgotPassword, { body: { email: 'nobody@example.id' } });
      expect(unknown).toEqual({ ...known, headers: unknown.headers });
      const [first, second] = desk.messenger.sent.slice(-2);
      expect(Date.parse(first!.expiresAt!)).toBeGreaterThan(desk.clock.now());
      expect(Date.parse(second!.expiresAt!)).toBeLessThan(desk.clock.now());
      expect(
        (await desk.call(deskRoutes.resetPassword, { body: { token: desk.tokenOfLastLink(), code: '123456', password } })).body.code,
      ).toBe('identity.ticket-invalid');
    });
  });

  describe('a second factor that an owner took away', () => {
    it('is set up anew by link and password, once, and nothing else lets in meanwhile', async () => {
      const owner = await desk.firstOwner();
      const ani = await desk.hire(owner, 'ani@example.id');
      await resetSecondFactor(desk.deps, { staffId: ani.staffId, reason: 'lost phone', decider: desk.decider(owner) });
      const token = desk.tokenOfLastLink();
      expect((await desk.refresh(ani)).body.code).toBe('identity.session-ended');
      expect((await desk.signIn(ani)).body.code).toBe('identity.code-wrong');
      const start = (body: object) => desk.call(deskRoutes.renewEnrolment, { body });
      expect((await start({ token, password: 'wrong' })).body.code).toBe('identity.credentials-wrong');
      const started = await start({ token, password });
      const former = { secret: ani.secret };
      expect((await desk.call(deskRoutes.enrol, { body: { ticket: started.body['ticket'], code: desk.codeOf(former) } })).body.code).toBe(
        'identity.code-wrong',
      );
      expect((await desk.enrolBy(started.body['ticket'], started.body['secret'], ani)).status).toBe(201);
      expect((await start({ token, password })).body.code).toBe('identity.ticket-invalid');
      expect((await desk.signIn(ani)).status).toBe(200);
      expect(await desk.actions(ani)).toContain('second-factor.on');
    });

    it('is nobody’s own decision', async () => {
      const owner = await desk.firstOwner();
      const reset = resetSecondFactor(desk.deps, { staffId: owner.staffId, reason: 'lost phone', decider: desk.decider(owner) });
      await expect(reset).rejects.toMatchObject({ code: 'identity.not-oneself' });
    });
  });

  it('takes a name and a language, and keeps a record of the change', async () => {
    const owner = await desk.firstOwner();
    const { body } = await desk.call(deskRoutes.changeMe, { by: owner, body: { name: 'Olivia', locale: 'id' } });
    expect(body).toMatchObject({ name: 'Olivia', locale: 'id' });
    expect((await desk.deps.staff.get(owner.staffId))?.name).toBe('Olivia');
    expect(await desk.actions(owner)).toEqual(['staff.joined', 'staff.profile-changed']);
  });
});
