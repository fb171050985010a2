/**
 * What the API refused, or why it could not be asked.
 */

export type ProblemKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'limited'
  | 'unavailable'
  | 'offline'
  | 'cancelled';

const kindOfStatus: Readonly<Record<number, ProblemKind>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'invalid',
  422: 'invalid',
  429: 'limited',
};

interface ProblemDetails {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly kind: ProblemKind;
  /** Stable code of the fault, where the API gave one. */
  readonly code?: string | undefined;
  /** To quote when asking for help. */
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** Names of the body's values that were refused. */
  readonly refused?: readonly string[];
  /** What the API says of the first of them, in its own words. */
  readonly detail?: string | undefined;
}

/** Thrown by every call of the API that did not go well. `status` is what react-admin looks at. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly kind: ProblemKind;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly refused: readonly string[];
  readonly detail: string | undefined;

  constructor(details: ProblemDetails) {
    super(details.code ?? details.kind);
    this.name = 'ApiProblem';
    this.status = details.status;
    this.kind = details.kind;
    this.code = details.code;
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.refused = details.refused ?? [];
    this.detail = details.detail;
  }
}

/** No answer at all. */
export const offline = (): ApiProblem => new ApiProblem({ status: 0, kind: 'offline' });

/** The person did not give the second factor that was asked for; nothing was done. */
export const cancelled = (): ApiProblem => new ApiProblem({ status: 0, kind: 'cancelled' });

/** Anything that is thrown as a problem to show; what is no `ApiProblem` is a fault of these pages. */
export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem({ status: 0, kind: 'unavailable', code: 'desk.broken' });
}

/** Reads a refusal; also one of the gateway itself, whose body is no problem document. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const { code, requestId, errors } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem({
    status: response.status,
    kind: kindOfStatus[response.status] ?? 'unavailable',
    code: textOf(code),
    requestId: textOf(requestId),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
    refused: Array.isArray(errors) ? errors.flatMap(({ pointer }: { pointer?: unknown }) => valueName(pointer)) : [],
    detail: Array.isArray(errors) ? textOf((errors[0] as { detail?: unknown } | undefined)?.detail) : undefined,
  });
}

/** `/body/roles/0` → `roles`. */
function valueName(pointer: unknown): string[] {
  const name = typeof pointer === 'string' ? pointer.split('/').at(2) : undefined;
  return name === undefined ? [] : [name];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
