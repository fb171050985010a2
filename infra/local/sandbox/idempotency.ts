/**
 * Answers that are given again. Each gateway has its own rules for how long, and for what another body under the same key gets.
 */
import type { SandboxContext } from './context.ts';
import type { SandboxAnswer } from './routes.ts';
import type { Remembered } from './items.ts';

export interface IdempotencyRule {
  readonly scope: 'midtrans' | 'iris' | 'xendit';
  readonly key: string | undefined;
  readonly lifetimeMs: number;
  /** What another body gets; undefined for the first answer, whatever the body. */
  readonly conflict: SandboxAnswer | undefined;
}

/** Only what succeeded is remembered. */
export function once(
  context: SandboxContext,
  { scope, key, lifetimeMs, conflict }: IdempotencyRule,
  { body, answer }: { readonly body: unknown; readonly answer: () => SandboxAnswer },
): SandboxAnswer {
  if (key === undefined) return answer();
  const id = `${scope}:${key}`;
  const request = JSON.stringify(body);
  const known = context.store.get('idempotency', id);
  if (known !== undefined && context.clock.now() - known.atMs < lifetimeMs)
    return conflict !== undefined && known.request !== request ? conflict : known.answer;
  return context.store.transaction(() => {
    const given = answer();
    if (given.status < 300) {
      const remembered: Remembered = { id, reference: key, request, answer: given, atMs: context.clock.now() };
      context.store.put('idempotency', remembered);
    }
    return given;
  });
}
