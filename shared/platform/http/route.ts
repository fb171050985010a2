/**
 * A route as data: what infra creates, what the handler parses with and what the API description is generated from are one object.
 */
import type * as z from 'zod';
import type { Permission } from '../permissions.ts';

type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Route<
  Path extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** Unique over the whole API. */
  readonly operationId: string;
  readonly method: HttpMethod;
  /** As API Gateway writes it: `/api/admin/logs/files/{fileId}`. */
  readonly path: string;
  readonly summary: string;
  /** What the caller must be allowed to do; a route without one is open to anybody. */
  readonly permission?: Permission;
  /** The caller's second factor must be at most `stepUpSecondsMax` old. For decisions about money and about who may decide. */
  readonly stepUp?: true;
  readonly pathParameters?: Path;
  readonly query?: Query;
  readonly body?: Body;
  /** Largest body in bytes; `bodyBytesMaxDefault` when it says nothing. */
  readonly bodyBytesMax?: number;
  readonly status: number;
  /** Of an answer that is no JSON: it is a text then, and sent as it is. */
  readonly mediaType?: string;
  readonly answer: Answer;
  /** Codes of the capability's faults that the route may answer, beside those of any request. */
  readonly faults: readonly string[];
}

/** How long a fresh second factor opens routes that ask for one, in seconds. */
export const stepUpSecondsMax = 300;

/** Largest body of a route that states no other, in bytes. */
export const bodyBytesMaxDefault = 64 * 1024;

/** A route that names no parameters takes none. */
type NoParameters = z.ZodObject<Record<string, z.ZodNever>>;

/** Keeps the schemas' types; adds nothing. */
export function route<
  Path extends z.ZodObject = NoParameters,
  Query extends z.ZodObject = NoParameters,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(description: Route<Path, Query, Body, Answer>): Route<Path, Query, Body, Answer> {
  return description;
}

/** `GET /api/…`: how API Gateway names the route in an event. */
export const routeKey = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;
