/**
 * Lambda authorizers of an HTTP API (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html).
 */
import { z } from 'zod';
import { firstDenied } from '../iam/evaluate.ts';
import type { Invoker, InvokeOutcome, PolicyStatement } from '../ports.ts';
import type { AuthorizerDefinition } from './authorizer-definition.ts';
import { authorizerEvent, type EventParts, requestArn } from './event.ts';
import { within } from './within.ts';

export type Decision =
  /** `context` is what the authorizer tells the function; null when it tells nothing. */
  | { readonly kind: 'allowed'; readonly context: unknown }
  /** A request without its identity, or an authorizer that threw `Unauthorized`. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'failed'; readonly why: string };

/** What the function answered, before it is held against one request: a kept policy counts anew for each. */
type Verdict = (resourceArn: string) => Decision;

/** API Gateway's own limit for an authorizer. */
const answerMsMax = 10_000;
/** Results kept at once, over all authorizers; the oldest goes first. */
const keptMax = 10_000;

export interface AuthorizerOptions {
  readonly invoker: Invoker;
  readonly clock: { now(): number };
}

/** Decides about requests, and keeps results by identity sources for as long as the template says. */
export class Authorizers {
  readonly #options: AuthorizerOptions;
  readonly #kept = new Map<string, { readonly verdict: Verdict; readonly untilMs: number }>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  async decide(authorizer: AuthorizerDefinition, parts: EventParts): Promise<Decision> {
    const identity: string[] = [];
    for (const source of authorizer.identitySources) {
      const value = source(parts);
      if (value === undefined || value === '') return { kind: 'unauthorized' };
      identity.push(value);
    }
    const arn = requestArn(parts.api, parts.request);
    const key = JSON.stringify([authorizer.id, ...identity]);
    const kept = this.#kept.get(key);
    if (kept && kept.untilMs > this.#options.clock.now()) return kept.verdict(arn);
    const verdict = await this.#ask(authorizer, authorizerEvent(parts, identity));
    if ('kind' in verdict) return verdict;
    if (authorizer.ttlMs > 0) this.#keep(key, verdict, authorizer.ttlMs);
    return verdict(arn);
  }

  /** A verdict, or the decision that a failure of the function is; that one is never kept. */
  async #ask({ functionArn, simple }: AuthorizerDefinition, event: unknown): Promise<Verdict | Decision> {
    const outcome = await within(answerMsMax, this.#options.invoker.invoke(functionArn, event));
    if (outcome === undefined) return { kind: 'failed', why: `the authorizer took more than ${answerMsMax} ms` };
    if (!outcome.ok) return failure(outcome);
    return simple ? simpleVerdict(outcome.payload) : policyVerdict(outcome.payload);
  }

  #keep(key: string, verdict: Verdict, ttlMs: number): void {
    this.#kept.delete(key);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= keptMax && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, { verdict, untilMs: this.#options.clock.now() + ttlMs });
  }
}

/** Throwing exactly `Unauthorized` is how an authorizer asks for 401. */
function failure({ reason, errorType, errorMessage }: Extract<InvokeOutcome, { ok: false }>): Decision {
  if (reason === 'error' && errorMessage === 'Unauthorized') return { kind: 'unauthorized' };
  return { kind: 'failed', why: `authorizer: ${errorType}: ${errorMessage}` };
}

const Context = z.record(z.string(), z.json()).nullish();
const SimpleAnswer = z.object({ isAuthorized: z.boolean(), context: Context });

function simpleVerdict(payload: unknown): Verdict | Decision {
  const answer = SimpleAnswer.safeParse(payload);
  if (!answer.success) return malformed(answer.error);
  const { isAuthorized, context } = answer.data;
  return () => (isAuthorized ? { kind: 'allowed', context: context ?? null } : { kind: 'forbidden' });
}

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const PolicyAnswer = z.object({
  principalId: z.string(),
  policyDocument: z.object({
    Statement: z.array(
      z.strictObject({ Sid: z.string().optional(), Effect: z.enum(['Allow', 'Deny']), Action: oneOrMore, Resource: oneOrMore }),
    ),
  }),
  context: Context,
});

function policyVerdict(payload: unknown): Verdict | Decision {
  const answer = PolicyAnswer.safeParse(payload);
  if (!answer.success) return malformed(answer.error);
  const { policyDocument, context } = answer.data;
  const statements = policyDocument.Statement.map(({ Effect, Action, Resource }): PolicyStatement => ({
    effect: Effect,
    actions: Action,
    resources: Resource,
    conditions: {},
  }));
  return (resource) => {
    const denied = firstDenied(statements, [{ action: 'execute-api:Invoke', resource, context: {} }]);
    return denied ? { kind: 'forbidden' } : { kind: 'allowed', context: context ?? null };
  };
}

function malformed(error: z.ZodError): Decision {
  return { kind: 'failed', why: `malformed answer of the authorizer: ${z.prettifyError(error).replaceAll('\n', ' ')}` };
}
