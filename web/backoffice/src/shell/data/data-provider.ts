/**
 * react-admin's way to the records of all capabilities. It reads only: what changes something is a call of its own, with a name and a
 * reason, and not a form that is saved.
 */
import type { DataProvider, GetListParams, GetListResult } from 'react-admin';
import type { Api } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import type { DeskResource, RecordPage, RecordSource } from '../capability.ts';
import type { FilterValues } from '../list/filters.ts';
import type { CursorStacks } from './cursor-stack.ts';

/** Pages that are walked to reach one whose cursor is not known, as after a link to page 3. */
const walkedPagesMax = 10;

export interface DataDeps {
  readonly api: Api;
  readonly resources: readonly DeskResource[];
  readonly cursors: CursorStacks;
  readonly now: () => number;
}

/** What a list is asked for beside its filters, through react-admin's `meta`. */
export interface ListMeta {
  readonly partial: boolean;
}

export function deskDataProvider({ api, resources, cursors, now }: DataDeps): DataProvider {
  const sources = new Map(resources.map(({ name, source }) => [name, source]));
  const sourceOf = (resource: string): RecordSource => {
    const source = sources.get(resource);
    if (source === undefined) throw new Error(`No capability has the resource ${resource}.`);
    return source;
  };
  const one = async (resource: string, id: unknown, signal?: AbortSignal) => {
    const { one: read } = sourceOf(resource);
    if (read === undefined) throw new Error(`Records of ${resource} are not read one by one.`);
    return read(api, String(id), signal);
  };
  return {
    getList: (resource, params) => listPage({ api, cursors, now, source: sourceOf(resource) }, resource, params) as Promise<GetListResult>,
    getOne: async (resource, { id, signal }) => ({ data: await one(resource, id, signal) }) as never,
    getMany: async (resource, { ids, signal }) => ({ data: await Promise.all(ids.map((id) => one(resource, id, signal))) }) as never,
    getManyReference: () => refused('getManyReference'),
    create: () => refused('create'),
    update: () => refused('update'),
    updateMany: () => refused('updateMany'),
    delete: () => refused('delete'),
    deleteMany: () => refused('deleteMany'),
  };
}

interface ListDeps {
  readonly api: Api;
  readonly cursors: CursorStacks;
  readonly now: () => number;
  readonly source: RecordSource;
}

async function listPage({ api, cursors, now, source }: ListDeps, resource: string, params: GetListParams): Promise<unknown> {
  const { page, perPage } = params.pagination ?? { page: 1, perPage: 25 };
  const filter = (params.filter ?? {}) as FilterValues;
  const list = JSON.stringify([resource, perPage, Object.entries(filter).toSorted(([a], [b]) => a.localeCompare(b))]);
  const read = async (at: number, cursor: string | undefined): Promise<RecordPage> => {
    if (source.list === undefined) throw new Error(`Records of ${resource} are not listed.`);
    const found = await source.list(api, { filter, limit: perPage, cursor, signal: params.signal, nowMs: now() });
    cursors.learn(list, at, found.nextCursor);
    return found;
  };
  for (let walked = 0; walked < walkedPagesMax && cursors.cursorOf(list, page) === null; walked += 1) {
    const deepest = cursors.deepest(list);
    const { nextCursor } = await read(deepest, cursors.cursorOf(list, deepest) ?? undefined);
    if (nextCursor === null) break;
  }
  const cursor = cursors.cursorOf(list, page);
  // There is no such page, or it is further away than is walked for a link.
  if (cursor === null) return { data: [], pageInfo: { hasNextPage: false, hasPreviousPage: true }, meta: { partial: false } };
  const { records, nextCursor, partial = false } = await read(page, cursor);
  return { data: records, pageInfo: { hasNextPage: nextCursor !== null, hasPreviousPage: page > 1 }, meta: { partial } };
}

function refused(what: string): Promise<never> {
  return Promise.reject(new ApiProblem({ status: 0, kind: 'unavailable', code: `desk.no-${what}` }));
}
