/**
 * Answers that a bad day gives.
 */
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Misbehaviour, MisbehaviourKind } from './misbehaviours.ts';
import type { SandboxAnswer } from './routes.ts';
import { sandboxLimits } from './sandbox-limits.ts';

const before: ReadonlySet<MisbehaviourKind> = new Set(['status', 'cut', 'silent', 'redirect']);

/** Whether the request is spoilt before anything is done. */
export const isBefore = ({ kind }: Misbehaviour): boolean => before.has(kind);

interface Spoiling {
  readonly response: ServerResponse;
  readonly plan: Misbehaviour;
  /** What would have been answered. */
  readonly said: SandboxAnswer;
}

/** Answers as badly as planned; `answer` is what would have been said, undefined when nothing was done. */
export async function misbehave(response: ServerResponse, plan: Misbehaviour, answer: SandboxAnswer | undefined): Promise<void> {
  await ways[plan.kind]({ response, plan, said: answer ?? { status: plan.status, body: {} } });
}

const status = ({ response, plan }: Spoiling): void => send(response, plan.status, JSON.stringify({ message: 'sandbox' }));
const cut = ({ response }: Spoiling): void => void response.destroy();
/** Until the client gives up, or the sandbox ends. */
const silent = (): void => {};

const changed =
  (change: (text: string) => string) =>
  ({ response, said }: Spoiling): void =>
    send(response, said.status, change(JSON.stringify(said.body)));

const ways: Readonly<Record<MisbehaviourKind, (spoiling: Spoiling) => void | Promise<void>>> = {
  status,
  'status-after': status,
  cut,
  'cut-after': cut,
  silent,
  'silent-after': silent,
  redirect: ({ response }) => send(response.setHeader('location', '/elsewhere'), 302, ''),
  delay: async ({ response, plan, said }) => {
    await pause(plan.delayMs);
    send(response, said.status, JSON.stringify(said.body));
  },
  'not-json': changed(() => '<!doctype html><title>Gateway</title>'),
  huge: changed((text) => `{"padding":"${'x'.repeat(sandboxLimits.hugeBytes)}","answer":${text}}`),
  'wrong-currency': changed((text) => text.replaceAll('"IDR"', '"USD"')),
  'wrong-order': changed((text) => text.replaceAll(/"(order_id|reference_id)":"[^"]*"/g, '"$1":"dep_somebodyelse"')),
  fraction: changed((text) =>
    text.replaceAll(/"(gross_amount|refund_amount)":"(\d+)\.00"/g, '"$1":"$2.01"').replaceAll(/"(\w*amount)":(\d+)([,}])/g, '"$1":$2.01$3'),
  ),
  uppercase: changed((text) =>
    text.replaceAll(/"transaction_status":"([^"]*)"/g, (_, word: string) => `"transaction_status":"${word.toUpperCase()}"`),
  ),
};

export function send(response: ServerResponse, status: number, text: string): void {
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json');
  response.writeHead(status, { 'cache-control': 'no-store', 'content-length': Buffer.byteLength(text) }).end(text);
}
