import type { FileView, FileDetailView } from '#shared/logs/present-file.ts';
import type { ErrorView } from '#shared/logs/present-error.ts';
import type { ContextView } from '#shared/logs/read-context.ts';
import type { Api, Outcome } from '../api.ts';
import type { Page } from './error-list.ts';

export type { ContextView, ErrorView, FileView };

/** What `POST /uploads` answers. */
export interface UploadTicket {
  readonly url: string;
  readonly key: string;
}

export interface LogApi {
  files(
    signal: AbortSignal,
    cursor?: string,
  ): Promise<Outcome<{ readonly files: readonly FileView[]; readonly nextCursor: string | null }>>;
  file(fileId: string, signal: AbortSignal): Promise<Outcome<FileDetailView>>;
  errors(query: Readonly<Record<string, string | undefined>>, signal: AbortSignal): Promise<Outcome<Page<ErrorView>>>;
  error(errorId: string, signal: AbortSignal): Promise<Outcome<ErrorView>>;
  context(errorId: string, lines: number, signal: AbortSignal): Promise<Outcome<ContextView>>;
  openUpload(file: { readonly name: string; readonly bytes: number }, signal: AbortSignal): Promise<Outcome<UploadTicket>>;
}

const base = '/api/admin/logs';

export function logApi(api: Api): LogApi {
  return {
    files: (signal, cursor) => api.get(`${base}/files`, { limit: '50', cursor }, signal),
    file: (fileId, signal) => api.get(`${base}/files/${fileId}`, {}, signal),
    async errors(query, signal) {
      const outcome = await api.get<{ errors: ErrorView[]; nextCursor: string | null; partial: boolean }>(`${base}/errors`, query, signal);
      if (!outcome.ok) return outcome;
      const { errors, nextCursor, partial } = outcome.value;
      return { ok: true, value: { items: errors, nextCursor, partial } };
    },
    error: (errorId, signal) => api.get(`${base}/errors/${errorId}`, {}, signal),
    context: (errorId, lines, signal) => api.get(`${base}/errors/${errorId}/context`, { lines: String(lines) }, signal),
    openUpload: (file, signal) => api.post(`${base}/uploads`, file, signal),
  };
}
