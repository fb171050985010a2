/**
 * Bad input on every route of the wallet: answered with a problem document that points at what is wrong, and never with a 500.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalStack, type RunningStack } from './local-stack.ts';
import { routeAccess } from './route-access-table.ts';
import { putMembers } from './wallet-members.ts';
import { walletPeople, type WalletPeople } from './wallet-people.ts';

const walletPath =
  /\/api\/(xm\/(deposit|withdrawal|bank-account|balance)|pay\/|webhooks\/|admin\/(deposits|withdrawals|ledger|reconciliation))/;
const routes = Object.keys(routeAccess).filter((route) => walletPath.test(route));
const writing = routes.filter((route) => route.startsWith('POST'));
const reading = routes.filter((route) => route.startsWith('GET'));

/** Requests side by side: the functions are local, and so is whatever they wait for. */
const atOnce = 8;

let stack: RunningStack;
let people: WalletPeople;
/** Somebody of the staff with every right, and a member. */
let tokens: { readonly staff: string; readonly member: string };

beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
  people = walletPeople(stack);
  await putMembers(stack, ['100000000000000001']);
  tokens = {
    staff: await people.token('stf_olivia', { roles: ['owner'] }),
    member: await people.token('100000000000000001', { roles: ['member'] }),
  };
});

afterAll(async () => {
  people?.close();
  await stack?.dispose();
});

/** Bodies that no route takes, as they are sent. */
const bodies: Readonly<Record<string, string>> = {
  nothing: '',
  'half a document': '{"amountRupiah":',
  null: 'null',
  'a list': '[]',
  'a number': '1e400',
  'a text': '"deposit"',
  'an unknown field': '{"unknown":true}',
  'a prototype': '{"__proto__":{"isAdmin":true},"constructor":{}}',
  'a deep list': `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  'broken characters': '{"reason":"\ud800\u0000"}',
  'a megabyte': JSON.stringify({ reason: 'x'.repeat(1_100_000) }),
};

const types = ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '', '\u00e9'];

const queries = [
  'limit=0',
  'limit=-1',
  'limit=1e18',
  'limit=1.5',
  'limit=x&limit=y',
  'cursor=garbage',
  `cursor=${'A'.repeat(3_000)}`,
  'cursor=eyJhIjoxfQ',
  'status=nonsense&state=nonsense&method=cash',
  'from=yesterday&to=never',
  'amountRupiahMin=-1&amountRupiahMax=1e400',
  'unknown=%00%ff%22',
];

const names = ['none_1', '%00', 'dep_', `dep_${'9'.repeat(2_000)}`, '%F0%9F%92%B8', '-1', "'%20OR%201=1"];

/** A body that fits, and for each field values that do not. */
const amounts = [1.5, '50000', -1, 0, 1e18, Number.MAX_SAFE_INTEGER, null, true, [], {}];
const texts = [7, null, '', 'x'.repeat(5_000), [], {}];
const shapes: Readonly<Record<string, { readonly fits: object; readonly wrong: Readonly<Record<string, readonly unknown[]>> }>> = {
  'POST /api/xm/deposits': { fits: { method: 'qris', amountRupiah: 50_000 }, wrong: { amountRupiah: amounts, method: ['cash', ...texts] } },
  'POST /api/pay/deposits': {
    fits: { method: 'qris', amountRupiah: 50_000 },
    wrong: { amountRupiah: amounts, method: ['cash', ...texts] },
  },
  'POST /api/xm/withdrawals': {
    fits: { amountRupiah: 50_000, bankAccountId: 'bnk_0mwqcvpc00sttjffw4kq11' },
    wrong: { amountRupiah: amounts, bankAccountId: [7, null, 'x'.repeat(5_000), [], {}] },
  },
  'POST /api/xm/bank-accounts': {
    fits: { bank: 'bca', accountNumber: '1234567890', accountName: 'Sari Dewi' },
    wrong: { bank: ['bcb', ...texts], accountNumber: ['12a', '-1', ...texts], accountName: texts },
  },
  'POST /api/admin/deposits/{depositId}/confirm': {
    fits: { version: 1, bankReference: 'FT-1234', amountRupiah: 50_000, reason: 'Seen' },
    wrong: { version: [0, 1.5, '1', null], bankReference: texts, amountRupiah: amounts, reason: texts },
  },
  'POST /api/admin/withdrawals/{withdrawalId}/reject': { fits: { reason: 'Because' }, wrong: { reason: texts } },
};

/** One field wrong, one missing, or one too many; `field` says which. */
function wrongBodies({ fits, wrong }: (typeof shapes)[string]): { field: string; body: object }[] {
  const without = (field: string) => Object.fromEntries(Object.entries(fits).filter(([name]) => name !== field));
  const found: { field: string; body: object }[] = [{ field: 'currency', body: { ...fits, currency: 'USD' } }];
  for (const [field, values] of Object.entries(wrong)) {
    found.push({ field, body: without(field) });
    for (const value of values) found.push({ field, body: { ...fits, [field]: value } });
  }
  return found;
}

interface Asked {
  readonly what: string;
  readonly status: number;
  readonly type: string | null;
  readonly problem: { readonly code?: unknown; readonly errors?: readonly { readonly pointer?: unknown }[] };
}

describe('bad input on every route of the wallet', () => {
  it('is a problem that is told as one, whatever the body is', async () => {
    const requests = writing.flatMap((route) => Object.entries(bodies).map(([what, body]) => ({ route, what, body })));
    const answers = await side(requests, ({ route, what, body }) => ask(`${route} with ${what}`, { route, body }));
    expect(answers.filter((answer) => !isTold(answer))).toEqual([]);
    // Whatever is no JSON at all, or too much of it, is refused by everybody.
    const refused = answers.filter(({ what }) => /half a document|a megabyte/.test(what));
    expect(refused.filter(({ status }) => status < 400)).toEqual([]);
  });

  it('is a problem that is told as one, whatever it is called', async () => {
    const requests = writing.flatMap((route) => types.map((type) => ({ route, type })));
    const answers = await side(requests, ({ route, type }) => ask(`${route} as ${type}`, { route, type, body: '{"amountRupiah":1}' }));
    expect(answers.filter((answer) => !isTold(answer))).toEqual([]);
  });

  it('is a problem that is told as one, in queries and in paths', async () => {
    const inQueries = reading.flatMap((route) => queries.map((query) => ({ route, query, name: 'none_1' })));
    const inPaths = routes.filter((route) => route.includes('{')).flatMap((route) => names.map((name) => ({ route, query: '', name })));
    const answers = await side([...inQueries, ...inPaths], ({ route, query, name }) =>
      ask(`${route} of ${name}?${query}`, { route, query, name, ...(route.startsWith('POST') && { body: '{}' }) }),
    );
    expect(answers.filter((answer) => !isTold(answer))).toEqual([]);
  });

  it('is no route at all with a slash in a name', async () => {
    const named = routes.filter((route) => route.includes('{'));
    const answers = await side(named, (route) =>
      ask(route, { route, name: '..%2f..%2fadmin', ...(route.startsWith('POST') && { body: '{}' }) }),
    );
    expect(answers.filter(({ status }) => status !== 404)).toEqual([]);
  });

  it('is pointed at, field by field', async () => {
    const requests = Object.entries(shapes).flatMap(([route, shape]) =>
      wrongBodies(shape).map(({ field, body }) => ({ route, field, body })),
    );
    const answers = await side(requests, async ({ route, field, body }) => {
      const text = JSON.stringify(body);
      const answer = await ask(`${route} with ${text.slice(0, 120)}`, { route, body: text });
      return { ...answer, pointers: (answer.problem.errors ?? []).map(({ pointer }) => pointer), field };
    });
    expect(answers.filter((answer) => !isTold(answer) || answer.status !== 400 || !answer.pointers.includes(`/${answer.field}`))).toEqual(
      [],
    );
  });

  it('asks for an idempotency key where money is moved, and for one that can be kept', async () => {
    const keyed = ['POST /api/xm/deposits', 'POST /api/pay/deposits', 'POST /api/xm/withdrawals'];
    const requests = keyed.flatMap((route) => [undefined, 'x'.repeat(65), 'a b\u00e9'].map((key) => ({ route, key })));
    const answers = await side(requests, ({ route, key }) =>
      ask(`${route} under ${key}`, { route, key: key ?? null, body: JSON.stringify(shapes[route]?.fits) }),
    );
    expect(answers.filter((answer) => !isTold(answer) || answer.status !== 400)).toEqual([]);
  });
});

/** No failure of ours; and what is refused is refused in the words of the house. */
const isTold = ({ status, type, problem }: Asked): boolean =>
  status < 500 && (status < 400 || (type?.startsWith('application/problem+json') === true && typeof problem.code === 'string'));

interface Request {
  readonly route: string;
  readonly body?: string;
  readonly type?: string;
  readonly query?: string;
  readonly name?: string;
  /** Null for none. */
  readonly key?: string | null;
}

async function ask(what: string, request: Request): Promise<Asked> {
  const { route, body, query = '', name = 'none_1' } = request;
  const [method = '', path = ''] = route.split(' ');
  const url = `${stack.api}${path.replaceAll(/\{\w+\}/g, name)}?${query}`;
  const answer = await fetch(url, { method, headers: await headersOf(path, request), ...(body !== undefined && { body }) });
  const text = await answer.text();
  return { what, status: answer.status, type: answer.headers.get('content-type'), problem: answer.status < 400 ? {} : problemOf(text) };
}

async function headersOf(path: string, { type = 'application/json', key = `key-${crypto.randomUUID()}` }: Request): Promise<Headers> {
  const headers = new Headers({ authorization: `Bearer ${path.startsWith('/api/admin') ? tokens.staff : tokens.member}` });
  if (type !== '') headers.set('content-type', type);
  if (path.startsWith('/api/pay')) headers.set('x-deposit-link', await link());
  if (key !== null) headers.set('idempotency-key', key);
  return headers;
}

function problemOf(text: string): Asked['problem'] {
  try {
    return JSON.parse(text) as Asked['problem'];
  } catch {
    return {};
  }
}

let linked: Promise<string> | undefined;

/** What the page sends: one link is good for all. */
async function link(): Promise<string> {
  linked ??= (async () => {
    const headers = { authorization: `Bearer ${tokens.member}`, 'content-type': 'application/json' };
    const answer = await fetch(`${stack.api}/api/xm/deposit-links`, { method: 'POST', headers, body: '{}' });
    return new URL(((await answer.json()) as { url: string }).url).hash.slice(1);
  })();
  return linked;
}

async function side<In, Out>(all: readonly In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  const rest = all.values();
  const lane = async (): Promise<void> => {
    for (const one of rest) results.push(await work(one));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
