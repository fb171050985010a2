import { type Api, answer, type QueryOf } from '../shell/api/client.ts';
import type { ListQuery, RecordPage, RecordSource } from '../shell/capability.ts';
import { errorQuery } from './error-filters.ts';

/**
 * How often an empty page of a search is followed on without being asked; then the reader decides. An API page walks up to
 * 10,000 references, so this is some 50,000 errors of a search without a hit.
 */
const emptyPagesMax = 5;

export const fileSource: RecordSource = {
  async list(api, { filter, limit, cursor, signal }) {
    const query = { ...filter, limit, cursor } as QueryOf<'/api/admin/logs/files'>;
    const { files, nextCursor } = await answer(api.GET('/api/admin/logs/files', { params: { query }, signal: signal ?? null }));
    return { records: files, nextCursor };
  },
  one: (api, fileId, signal) => answer(api.GET('/api/admin/logs/files/{fileId}', { params: { path: { fileId } }, signal: signal ?? null })),
};

export const errorSource: RecordSource = {
  async list(api, query) {
    let cursor = query.cursor;
    for (let pages = 1; ; pages += 1) {
      const page = await errorPage(api, { ...query, cursor });
      if (page.records.length > 0 || page.nextCursor === null || pages === emptyPagesMax) return page;
      cursor = page.nextCursor;
    }
  },
  one: (api, errorId, signal) =>
    answer(api.GET('/api/admin/logs/errors/{errorId}', { params: { path: { errorId } }, signal: signal ?? null })),
};

async function errorPage(api: Api, { filter, limit, cursor, signal, nowMs }: ListQuery): Promise<RecordPage> {
  const query = { ...errorQuery(filter, nowMs), limit, ...(cursor !== undefined && { cursor }) } as QueryOf<'/api/admin/logs/search'>;
  const { errors, nextCursor, partial } = await answer(api.GET('/api/admin/logs/search', { params: { query }, signal: signal ?? null }));
  return { records: errors, nextCursor, partial };
}
