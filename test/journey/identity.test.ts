import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '#infra/build.ts';
import { appCode } from '#infra/local/demo/desk-client.ts';
import { localIssuer } from '#infra/local/token-issuer.ts';
import { type RunningStack, startLocalStack, until } from './local-stack.ts';

interface Tokens {
  readonly next: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly account: { readonly id: string; readonly status: string };
}

let stack: RunningStack;
/** Whatever may stand in no log: passwords, codes, tokens, secrets. */
const secrets = new Set<string>();

beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
});

afterAll(() => stack.dispose());

describe('a member', () => {
  const password = secret(`kata-sandi-${randomUUID()}`);
  let tokens: Tokens;
  let totpSecret: string;

  it('signs up with an address, and is nobody before the code is given', async () => {
    const { challengeId } = await expectOk<{ challengeId: string }>('POST /api/xm/auth/sign-up', {
      handle: 'Sari.Dewi',
      email: 'Sari@Contoh.id',
      password,
    });
    expect((await ask('POST /api/xm/auth/sign-in', { identifier: 'sari@contoh.id', password })).status).toBe(401);
    const code = await codeTo('sari@contoh.id');
    const wrong = await ask('POST /api/xm/auth/sign-up/verify', { challengeId, code: code === '111111' ? '222222' : '111111' });
    expect([wrong.status, await codeOf(wrong)]).toEqual([400, 'identity.code-wrong']);
    tokens = await expectOk('POST /api/xm/auth/sign-up/verify', { challengeId, code });
    expect(tokens.account).toMatchObject({ handle: 'Sari.Dewi', email: 'sari@contoh.id', status: 'basic', hasSecondFactor: false });
    expect(tokens.account.id).toMatch(/^\d{18}$/);
    const again = await ask('POST /api/xm/auth/sign-up/verify', { challengeId, code });
    expect([again.status, await codeOf(again)]).toEqual([400, 'identity.code-wrong']);
  });

  it('answers a second sign-up with the address as it answered the first, and tells the owner of the address alone', async () => {
    const answer = await ask('POST /api/xm/auth/sign-up', { handle: 'somebody', email: 'sari@contoh.id', password });
    expect(answer.status).toBe(202);
    expect(Object.keys((await answer.json()) as object).toSorted()).toEqual(['challengeId', 'expiresAt', 'resendAt']);
    await until(async () => /sudah/i.test((await messagesTo('sari@contoh.id'))[0] ?? ''));
  });

  it('is known by a token that anybody can verify', async () => {
    const keys = createRemoteJWKSet(new URL(`${stack.api}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(tokens.accessToken, keys, localIssuer);
    expect(payload).toMatchObject({ sub: tokens.account.id, roles: ['member'] });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
  });

  it('is told apart from a wrong password by nothing but the sign-in', async () => {
    const unknown = await ask('POST /api/xm/auth/sign-in', { identifier: 'nobody@contoh.id', password });
    const wrong = await ask('POST /api/xm/auth/sign-in', { identifier: 'sari@contoh.id', password: 'something else' });
    const shown = async (answer: Response) => ({ ...((await answer.json()) as object), requestId: '' });
    expect(await shown(unknown)).toEqual(await shown(wrong));
    expect(unknown.status).toBe(wrong.status);
  });

  it('enrols an authenticator app, and then needs it', async () => {
    const { accessToken } = await signIn();
    const enrolment = await expectOk<{ secret: string; uri: string }>('POST /api/xm/me/second-factor', { password }, accessToken);
    totpSecret = secret(enrolment.secret);
    expect(enrolment.uri).toContain(`secret=${totpSecret}`);
    const code = await currentCode(totpSecret);
    const { recoveryCodes } = await expectOk<{ recoveryCodes: string[] }>('POST /api/xm/me/second-factor/confirm', { code }, accessToken);
    for (const recovery of recoveryCodes) secret(recovery);
    const first = await expectOk<{ next: string; ticket: string }>('POST /api/xm/auth/sign-in', { identifier: 'sari.dewi', password });
    expect(first.next).toBe('second-factor');
    const replayed = await ask('POST /api/xm/auth/sign-in/second-factor', { ticket: first.ticket, code });
    expect([replayed.status, await codeOf(replayed)]).toEqual([400, 'identity.code-wrong']);
    const recovered = await expectOk<Tokens>('POST /api/xm/auth/sign-in/second-factor', { ticket: first.ticket, code: recoveryCodes[0] });
    expect(recovered.next).toBe('done');
    await stack.advance('PT1M');
    tokens = await withSecondFactor();
  });

  it('keeps a session by refreshing it, until a token is used twice: then the session is over for both', async () => {
    const second = await expectOk<Tokens>('POST /api/xm/auth/refresh', { refreshToken: tokens.refreshToken });
    expect((await account(second.accessToken)).status).toBe(200);
    const reused = await ask('POST /api/xm/auth/refresh', { refreshToken: tokens.refreshToken });
    expect([reused.status, await codeOf(reused)]).toEqual([401, 'identity.session-ended']);
    const victim = await ask('POST /api/xm/auth/refresh', { refreshToken: second.refreshToken });
    expect([victim.status, await codeOf(victim)]).toEqual([401, 'identity.session-ended']);
    await stack.advance('PT1M');
    expect((await account(second.accessToken)).status).toBe(401);
    const { records } = await auditOf(`member:${tokens.account.id}`);
    expect(records.map(({ action }) => action)).toContain('session.reuse-detected');
  });

  it('refreshes once when it asks fifty times at once', async () => {
    const { refreshToken } = await withSecondFactor();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask('POST /api/xm/auth/refresh', { refreshToken })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(49);
  });

  it('is out within a minute of a ban, and stays out', async () => {
    const { accessToken, refreshToken } = await withSecondFactor();
    expect((await account(accessToken)).status).toBe(200);
    const decision = { to: 'banned', reason: 'Penipuan', from: 'basic' };
    const owner = await stack.token('owner');
    const banned = await ask(`POST /api/admin/members/${tokens.account.id}/status`, decision, owner);
    expect([banned.status, await banned.text()]).toEqual([200, expect.stringContaining('"status":"banned"')]);
    await stack.advance('PT1M');
    expect((await account(accessToken)).status).toBe(401);
    expect((await ask('POST /api/xm/auth/refresh', { refreshToken })).status).toBeGreaterThanOrEqual(401);
    const refused = await ask('POST /api/xm/auth/sign-in', { identifier: 'sari@contoh.id', password });
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'identity.banned']);
    const { records } = await auditOf(`member:${tokens.account.id}`);
    const record = records.find(({ action }) => action === 'member.status-changed');
    expect(record).toMatchObject({ reason: 'Penipuan', before: { status: 'basic' }, after: { status: 'banned' } });
  });

  async function signIn(): Promise<Tokens> {
    return expectOk<Tokens>('POST /api/xm/auth/sign-in', { identifier: 'sari@contoh.id', password });
  }

  /** A code counts once, so each sign-in waits for the next one. */
  async function withSecondFactor(): Promise<Tokens> {
    await stack.advance('PT31S');
    const { ticket } = await expectOk<{ ticket: string }>('POST /api/xm/auth/sign-in', { identifier: 'sari@contoh.id', password });
    return expectOk('POST /api/xm/auth/sign-in/second-factor', { ticket, code: await currentCode(totpSecret) });
  }
});

describe('somebody with a phone', () => {
  it('signs up and in by codes alone', async () => {
    const { challengeId } = await expectOk<{ challengeId: string }>('POST /api/xm/auth/sign-up', {
      handle: 'budi',
      phone: '0812-3456-7890',
    });
    const tokens = await expectOk<Tokens>('POST /api/xm/auth/sign-up/verify', { challengeId, code: await codeTo('+6281234567890') });
    expect(tokens.account).toMatchObject({ phone: '+6281234567890', hasPassword: false });
    await stack.advance('PT2M');
    const asked = await expectOk<{ challengeId: string }>('POST /api/xm/auth/codes', { identifier: '+62 812 3456 7890' });
    await until(async () => (await messagesTo('+6281234567890')).length === 2);
    const code = await codeTo('+6281234567890');
    const signedIn = await expectOk<Tokens>('POST /api/xm/auth/sign-in/code', { challengeId: asked.challengeId, code });
    expect((await account(signedIn.accessToken)).status).toBe(200);
  });
});

describe('two sign-ups with one handle at once', () => {
  it('make one member', async () => {
    const emails = ['first@contoh.id', 'second@contoh.id'];
    const challenges = await Promise.all(
      emails.map((email) => expectOk<{ challengeId: string }>('POST /api/xm/auth/sign-up', { handle: 'only.one', email })),
    );
    const codes = await Promise.all(emails.map((email) => codeTo(email)));
    const answers = await Promise.all(
      challenges.map(({ challengeId }, index) => ask('POST /api/xm/auth/sign-up/verify', { challengeId, code: codes[index] })),
    );
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409']);
  });
});

describe('the only owner', () => {
  const email = 'olivia@contoh.id';
  const password = secret(`kata-sandi-${randomUUID()}`);

  it('comes by the command, and by it gets another authenticator app when the phone is lost', async () => {
    const invited = await ownerCommand('--email', email);
    const token = secret(/accept\?token=(\S+)/.exec(invited.output)?.[1] ?? '');
    const joining = { token, name: 'Olivia', password, locale: 'id' };
    const first = await enrolled(await expectOk<Started>('POST /api/admin/auth/invitations/accept', joining));
    const renewal = ['--email', email, '--renew-second-factor'];
    expect((await ownerCommand(...renewal)).exitCode).toBe(2);
    expect(await isIn(first.accessToken)).toBe(true);
    expect(await ownerCommand(...renewal, '--confirm')).toMatchObject({ exitCode: 0, output: expect.stringContaining('on its way') });
    expect((await ownerCommand('--email', 'nobody@contoh.id', '--renew-second-factor', '--confirm')).exitCode).toBe(1);
    await stack.advance('PT1M');
    expect(await isIn(first.accessToken)).toBe(false);
    let link: string | undefined;
    await until(async () => {
      link = /enrol\?token=(\S+)/.exec((await messagesTo(email))[0] ?? '')?.[1];
      return link !== undefined;
    });
    const started = await expectOk<Started>('POST /api/admin/auth/enrolments', { token: secret(link ?? ''), password });
    const again = await enrolled(started);
    expect(await isIn(again.accessToken)).toBe(true);
    const { records } = await auditOf(`staff:${again.staff.id}`);
    expect(records.find(({ action }) => action === 'staff.second-factor-reset')).toMatchObject({ actor: 'system:operator' });
  });

  interface Started {
    readonly ticket: string;
    readonly secret: string;
  }

  async function enrolled({ ticket, secret: app }: Started): Promise<Tokens & { readonly staff: { readonly id: string } }> {
    const answer = await expectOk<Tokens & { staff: { id: string }; recoveryCodes: string[] }>('POST /api/admin/auth/enrol', {
      ticket,
      code: await currentCode(secret(app)),
    });
    for (const recovery of answer.recoveryCodes) secret(recovery);
    return answer;
  }

  const isIn = async (token: string): Promise<boolean> =>
    (await fetch(`${stack.api}/api/admin/me`, { headers: { authorization: `Bearer ${token}` } })).status === 200;
});

describe('where somebody comes from', () => {
  it("is the browser's address behind the backoffice's host, and nothing that the caller says", async () => {
    const forged = { 'x-viewer-address': '203.0.113.9', 'x-forwarded-for': '203.0.113.9', 'x-origin-key': 'guess' };
    await signInAtDesk(stack.backoffice, { localAddress: '127.0.0.2', headers: forged });
    await signInAtDesk(stack.api, { localAddress: '127.0.0.3', headers: forged });
    const answer = await stack.get('/api/admin/audit?action=sign-in.refused&limit=2', ['auditor']);
    const { records } = (await answer.json()) as { records: { address: string }[] };
    expect(records.map(({ address }) => address)).toEqual(['127.0.0.3', '127.0.0.2']);
  });
});

describe('the logs', () => {
  it('hold no password, code, token or secret of all this', () => {
    const directory = join(stack.dataDirectory, 'logs');
    const logs = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'));
    expect(secrets.size).toBeGreaterThan(30);
    expect(logs.join('').length).toBeGreaterThan(10_000);
    for (const text of secrets)
      expect(
        logs.some((log) => log.includes(text)),
        text,
      ).toBe(false);
  });
});

/** `npm run owner` on the stack's folder. */
async function ownerCommand(...args: string[]): Promise<{ exitCode: number | null; output: string }> {
  const command = ['--disable-warning=ExperimentalWarning', 'infra/commands/owner.ts', '--data', stack.dataDirectory, ...args];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output] = await Promise.all([readText(child.stdout), readText(child.stderr), once(child, 'exit')]);
  return { exitCode: child.exitCode, output };
}

/** An attempt to sign in as nobody, from an address of the loopback network. */
async function signInAtDesk(
  host: string,
  { localAddress, headers }: { localAddress: string; headers: Record<string, string> },
): Promise<void> {
  const call = httpRequest(`${host}/api/admin/auth/sign-in`, {
    method: 'POST',
    localAddress,
    headers: { 'content-type': 'application/json', ...headers },
  });
  call.end(JSON.stringify({ email: 'nobody@contoh.id', password: 'not a password' }));
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(401);
}

function secret(text: string): string {
  secrets.add(text);
  return text;
}

async function ask(route: string, body?: object, token?: string): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  return fetch(`${stack.api}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function expectOk<Answer>(route: string, body: object, token?: string): Promise<Answer> {
  const answer = await ask(route, body, token);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${route} answered ${answer.status}: ${text}`);
  const parsed = JSON.parse(text) as Answer & Partial<Tokens>;
  for (const token of [parsed.accessToken, parsed.refreshToken]) if (token !== undefined) secret(token);
  return parsed;
}

const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code;

const account = (token: string): Promise<Response> => fetch(`${stack.api}/api/xm/me`, { headers: { authorization: `Bearer ${token}` } });

async function messagesTo(to: string): Promise<string[]> {
  const answer = await fetch(`${stack.api}/_local/outbox?to=${encodeURIComponent(to)}`);
  const { messages } = (await answer.json()) as { messages: { text: string }[] };
  return messages.map(({ text }) => text);
}

/** The newest code that was sent to somebody. */
async function codeTo(to: string): Promise<string> {
  let code: string | undefined;
  await until(async () => {
    code = (await messagesTo(to)).flatMap((text) => /\b(\d{6})\b/.exec(text)?.[1] ?? [])[0];
    return code !== undefined;
  });
  return secret(code ?? '');
}

/** What the app shows now, on the clock of the stack. */
async function currentCode(totpSecret: string): Promise<string> {
  const { now } = (await (await fetch(`${stack.api}/_local/clock`)).json()) as { now: string };
  return secret(appCode(totpSecret, Date.parse(now)));
}

async function auditOf(subject: string): Promise<{ records: { action: string }[] }> {
  const answer = await stack.get(`/api/admin/audit?subject=${encodeURIComponent(subject)}`, ['auditor']);
  return (await answer.json()) as { records: { action: string }[] };
}
