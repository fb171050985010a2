/**
 * Requests to the sandbox gateway, and how they are told apart.
 */
import type { IncomingHttpHeaders } from 'node:http';

export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined for none. */
  readonly body: unknown;
}

export interface SandboxAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  /** Named in misbehaviours: `midtrans.charge`. */
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (request: SandboxRequest, parts: readonly string[]) => SandboxAnswer | Promise<SandboxAnswer>;
}

export function routeOf(routes: readonly Route[], { method, path }: SandboxRequest): { route: Route; parts: string[] } | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return { route, parts: match.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}

/** Basic authentication with a key for a name and no password. */
export function hasKey({ headers }: SandboxRequest, key: string): boolean {
  return headers.authorization === `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
}

export function headerOf({ headers }: SandboxRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
