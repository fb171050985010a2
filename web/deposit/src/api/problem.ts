/**
 * What the API refused, or why it could not be asked.
 */

/** `link`: the link that opened the page has ended, or never was one. `offline`: no answer at all. */
export type ProblemKind = 'link' | 'refused' | 'not-found' | 'limited' | 'unavailable' | 'offline';

const kindOfStatus: Readonly<Record<number, ProblemKind>> = {
  400: 'refused',
  401: 'link',
  403: 'refused',
  404: 'not-found',
  409: 'refused',
  422: 'refused',
  429: 'limited',
};

interface ProblemDetails {
  readonly kind: ProblemKind;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly roomRupiah?: number | undefined;
}

export class PayProblem extends Error {
  override readonly name = 'PayProblem';
  readonly kind: ProblemKind;
  /** Stable code of the fault, where the API gave one. */
  readonly code: string | undefined;
  /** To quote when asking for help. */
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** What may still come in, where that was the problem. */
  readonly roomRupiah: number | undefined;

  constructor({ kind, code, requestId, retryAfterMs, roomRupiah }: ProblemDetails) {
    super(code ?? kind);
    this.kind = kind;
    this.code = code;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
    this.roomRupiah = roomRupiah;
  }

  /** Whether what was asked for may have been done all the same. */
  get isUncertain(): boolean {
    return this.kind === 'offline' || this.kind === 'unavailable' || this.code === 'deposits.in-progress';
  }
}

export const offline = (): PayProblem => new PayProblem({ kind: 'offline' });

/** Anything that is thrown as a problem to show; what is no `PayProblem` is a fault of this page. */
export function asProblem(error: unknown): PayProblem {
  return error instanceof PayProblem ? error : new PayProblem({ kind: 'unavailable', code: 'page.broken' });
}

/** Reads a refusal; also one of the gateway itself, whose body is no problem document. */
export async function problemOf(response: Response): Promise<PayProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const { code, requestId, room } = objectIn(body);
  const { roomRupiah } = objectIn(room);
  const retryAfterSeconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new PayProblem({
    kind: kindOfStatus[response.status] ?? 'unavailable',
    code: typeof code === 'string' ? code : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    retryAfterMs: Number.isFinite(retryAfterSeconds) ? retryAfterSeconds * 1000 : undefined,
    roomRupiah: typeof roomRupiah === 'number' ? roomRupiah : undefined,
  });
}

const objectIn = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
