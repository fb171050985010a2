/**
 * What may go wrong for a caller, and is their business to know.
 *
 * A `Fault` is part of the contract: it has a stable code, a kind that decides the HTTP status, and a message fit for the public.
 * Everything else that is thrown is a bug and leaves the house as a bare 500.
 */

/** What sort of thing went wrong. Mapped to HTTP in `http/problem.ts` and nowhere else. */
export type FaultKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'not-allowed'
  | 'conflict'
  | 'too-large'
  | 'unsupported'
  | 'unprocessable'
  | 'limited'
  | 'unavailable';

/** One entry of a capability's catalogue; `docs/faults.md` is made of these. */
export interface FaultDefinition {
  readonly kind: FaultKind;
  /** Shown to callers as is: says what happened, names nothing internal. */
  readonly publicMessage: string;
  /** What the caller can do about it. */
  readonly remedy: string;
}

/** One field that was wrong: where (RFC 6901 pointer into the body, or `/query/…`, `/path/…`) and why. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

export interface FaultDetails {
  readonly errors?: readonly FieldError[];
  /** Seconds after which trying again makes sense; becomes the `Retry-After` header. */
  readonly retryAfterSeconds?: number;
  /** Further headers of the answer, such as `RateLimit`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log only. */
  readonly cause?: unknown;
}

export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: string;
  readonly kind: FaultKind;
  readonly publicMessage: string;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, definition: FaultDefinition, details: FaultDetails = {}) {
    super(`${code}: ${definition.publicMessage}`, { cause: details.cause });
    this.code = code;
    this.kind = definition.kind;
    this.publicMessage = definition.publicMessage;
    this.errors = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.headers = details.headers ?? {};
  }
}

export type FaultCatalogue = Readonly<Record<string, FaultDefinition>>;

/** Declares a capability's faults once; the returned function makes one by its code. */
export function defineFaults<const Catalogue extends FaultCatalogue>(catalogue: Catalogue) {
  return (code: keyof Catalogue & string, details?: FaultDetails): Fault => {
    const definition = catalogue[code];
    if (definition === undefined) throw new TypeError(`No fault is declared as ${code}`);
    return new Fault(code, definition, details);
  };
}
