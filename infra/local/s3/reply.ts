import type { Slice } from './files.ts';

/** What an operation answers; `http.ts` sends it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | ObjectContent;
}

/** Bytes of an object, held on disk until `release`. */
export interface ObjectContent {
  readonly slices: readonly Slice[];
  readonly length: number;
  readonly release: () => void;
}

export function noContent(headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 204, headers };
}

export function ok(headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, headers };
}

export function okXml(document: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: document };
}
