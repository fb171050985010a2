import { describe, expect, it } from 'vitest';
import type { Api } from '../../../web/backoffice/src/shell/api/client.ts';
import type { ListQuery } from '../../../web/backoffice/src/shell/capability.ts';
import { cursorStacks } from '../../../web/backoffice/src/shell/data/cursor-stack.ts';
import { deskDataProvider } from '../../../web/backoffice/src/shell/data/data-provider.ts';

describe('a list by page number over an API that pages by cursor', () => {
  it('turns pages without totals, forth and back', async () => {
    const { page, asked } = listOf(60);
    expect(await page(1)).toMatchObject({ pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect((await page(2)).data.map(({ id }) => id)).toEqual(idsFrom(25, 25));
    expect((await page(3)).pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
    expect((await page(2)).data).toHaveLength(25);
    expect(asked).toEqual([undefined, '25', '50', '25']);
  });

  it('walks to the page of a link whose cursor is not known', async () => {
    const { page, asked } = listOf(60);
    expect((await page(3)).data.map(({ id }) => id)).toEqual(idsFrom(50, 10));
    expect(asked).toEqual([undefined, '25', '50']);
  });

  it('says of a page that is not there that there is one before it', async () => {
    const { page, asked } = listOf(30);
    expect(await page(9)).toMatchObject({ data: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect(asked).toEqual([undefined, '25']);
  });

  it('walks ten pages for a link, and no further', async () => {
    const { page, asked } = listOf(1_000);
    expect((await page(40)).data).toEqual([]);
    expect(asked).toHaveLength(10);
  });

  it('keeps the cursors of each set of filters apart', async () => {
    const { page, asked } = listOf(60);
    await page(1, { status: 'banned' });
    await page(2, { status: 'basic' });
    expect(asked).toEqual([undefined, undefined, '25']);
  });
});

const idsFrom = (from: number, count: number): string[] => Array.from({ length: count }, (_, at) => String(from + at));

function listOf(count: number) {
  const asked: (string | undefined)[] = [];
  const records = idsFrom(0, count).map((id) => ({ id }));
  const list = (_: Api, { cursor, limit }: ListQuery) => {
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    const nextCursor = from + limit < count ? String(from + limit) : null;
    return Promise.resolve({ records: records.slice(from, from + limit), nextCursor });
  };
  const storage = new Map<string, string>();
  const provider = deskDataProvider({
    api: {} as Api,
    resources: [{ name: 'members', permission: 'members:read', source: { list } }],
    cursors: cursorStacks({ getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => storage.set(key, value) }),
    now: () => 0,
  });
  const page = (at: number, filter: Record<string, string> = {}) =>
    provider.getList('members', { pagination: { page: at, perPage: 25 }, sort: { field: 'id', order: 'DESC' }, filter });
  return { page, asked };
}
