/**
 * What may go wrong for a caller, and is their business to know.
 *
 * A `Fault` is part of the contract: it has a stable code, a kind that decides the HTTP status, and a message fit for the public.
 * Everything else that is thrown is a bug and leaves the house as a bare 500.
 */

import type * as z from 'zod';

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

/** A further member of the problem document (RFC 9457, 3.2): what a program needs to go on, where words are not enough. */
interface FaultExtension {
  readonly name: string;
  readonly schema: z.ZodType<object>;
  readonly description: string;
}

/** One entry of a capability's catalogue; `docs/faults.md` is made of these. */
export interface FaultDefinition {
  readonly kind: FaultKind;
  /** Shown to callers as is: says what happened, names nothing internal. */
  readonly publicMessage: string;
  /** What the caller can do about it. */
  readonly remedy: string;
  /** What the fault tells besides, where it knows it. */
  readonly extension?: FaultExtension;
}

/** One field that was wrong: where (RFC 6901 pointer into the body, or `/query/…`, `/path/…`) and why. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

export interface FaultDetails {
  readonly errors?: readonly FieldError[];
  /** Of the `extension` that the fault declares. */
  readonly extension?: object | undefined;
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
  /** By its name in the problem document. */
  readonly extension: Readonly<Record<string, object>>;
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly #definition: FaultDefinition;
  readonly #details: FaultDetails;

  constructor(code: string, definition: FaultDefinition, details: FaultDetails = {}) {
    super(`${code}: ${definition.publicMessage}`, { cause: details.cause });
    this.#definition = definition;
    this.#details = details;
    this.code = code;
    this.kind = definition.kind;
    this.publicMessage = definition.publicMessage;
    this.errors = details.errors ?? [];
    this.extension = extensionOf(definition, details);
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.headers = details.headers ?? {};
  }

  /** The same fault with further headers of its answer; where both have one, its own counts. */
  withHeaders(headers: Readonly<Record<string, string>>): Fault {
    return new Fault(this.code, this.#definition, { ...this.#details, headers: { ...headers, ...this.headers } });
  }
}

/** Throws for one that was not declared: nobody would know what it means. */
function extensionOf({ extension: declared }: FaultDefinition, { extension }: FaultDetails): Readonly<Record<string, object>> {
  if (extension === undefined) return {};
  if (declared === undefined) throw new TypeError('A fault tells only what its catalogue declares');
  return { [declared.name]: declared.schema.parse(extension) };
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
