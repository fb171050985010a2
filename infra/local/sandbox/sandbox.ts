/**
 * The sandbox gateway: Midtrans and Xendit on this machine, for payments and payouts, as far as this house uses them. It speaks their
 * paths, bodies, status codes, authentication and signatures, so that the adapters that run against it are the real ones; and it does on
 * command what the real ones do on a bad day. See docs/payments.md.
 *
 * Its state is in the database it is given, together with its timers on the stack's clock.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { BodyTooLong, readBody, serveLoopback } from '../gateway/loopback-server.ts';
import type { Closable, LocalClock, StackLog, Timer } from '../ports.ts';
import { expireByTimer } from './charges.ts';
import { commandRoutes } from './commands-api.ts';
import {
  type SandboxContext,
  type SandboxKeys,
  settingsDefault,
  settingsSchema,
  timerKind,
  type TimerPayload,
  type WebhookUrls,
} from './context.ts';
import { irisRoutes } from './iris-api.ts';
import { midtransRoutes } from './midtrans-api.ts';
import { isBefore, misbehave, send } from './misbehave.ts';
import { takePlan } from './misbehaviours.ts';
import { page } from './page.ts';
import { walletPage } from './wallet-page.ts';
import { completeByTimer } from './payouts.ts';
import { type Route, routeOf, type SandboxAnswer, type SandboxRequest } from './routes.ts';
import { sandboxLimits } from './sandbox-limits.ts';
import { sandboxStore } from './store.ts';
import { deliver } from './webhooks.ts';
import { xenditRoutes } from './xendit-api.ts';

export interface SandboxOptions {
  /** 0 takes any free one. */
  readonly port: number;
  readonly database: DatabaseSync;
  /** Started after the sandbox, so that it fires into something. */
  readonly clock: LocalClock;
  readonly webhooks: WebhookUrls;
  readonly keys: SandboxKeys;
  readonly log: StackLog;
  /** What ids and account numbers are made of. */
  readonly seed?: string;
}

export interface Sandbox extends Closable {
  /** The page; commands are under `/_sandbox/`. */
  readonly url: string;
  /** What the adapters take for their base URLs. */
  readonly midtransUrl: string;
  readonly irisUrl: string;
  readonly xenditUrl: string;
}

/** Below the sandbox's own address: what the adapters' base URLs end with. */
export const sandboxPaths = { midtrans: '/midtrans', iris: '/iris', xendit: '/xendit' } as const;

export async function startSandbox({ port, database, clock, webhooks, keys, log, seed = 'sandbox' }: SandboxOptions): Promise<Sandbox> {
  const store = sandboxStore(database, seed);
  const settings = () => settingsSchema.strip().parse({ ...settingsDefault, ...store.get('settings', 'settings') });
  let url = '';
  const context: SandboxContext = { store, clock, keys, urls: webhooks, log, settings, pageUrl: () => url };
  clock.handle(timerKind, (timer) => fire(context, timer));
  const routes = [
    ...midtransRoutes(context, sandboxPaths.midtrans),
    ...irisRoutes(context, sandboxPaths.iris),
    ...xenditRoutes(context, sandboxPaths.xendit),
    ...commandRoutes(context),
  ];
  const server = await serveLoopback(port, (request, response) => void answer(context, routes, { request, response }));
  url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    midtransUrl: `${url}${sandboxPaths.midtrans}`,
    irisUrl: `${url}${sandboxPaths.iris}`,
    xenditUrl: `${url}${sandboxPaths.xendit}`,
    close: () => server.close(),
  };
}

async function fire(context: SandboxContext, { payload }: Timer): Promise<void> {
  const { what, id } = payload as TimerPayload;
  if (what === 'webhook') await deliver(context, id);
  else if (what === 'expiry') expireByTimer(context, id);
  else completeByTimer(context, id);
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function answer(context: SandboxContext, routes: readonly Route[], { request, response }: Exchange): Promise<void> {
  try {
    const read = await requestOf(request);
    const html = read.method === 'GET' ? pageAt(context, read.path) : undefined;
    if (html !== undefined) return sendPage(response, html);
    const found = routeOf(routes, read);
    if (found === undefined)
      return sendJson(response, { status: 404, body: { code: 'not-found', detail: 'There is nothing at this path.' } });
    const say = () => found.route.answer(read, found.parts);
    if (found.route.operation === 'command') return sendJson(response, isTrusted(request) ? await say() : untrusted);
    const plan = takePlan(context.store, found.route.operation);
    if (plan === undefined) return sendJson(response, await say());
    await misbehave(response, plan, isBefore(plan) ? undefined : await say());
  } catch (error) {
    sendJson(response, failureOf(context, error));
  }
}

const pageAt = (context: SandboxContext, path: string): string | undefined => (path === '/' ? page(context) : walletPage(context, path));

/** A page elsewhere can make a browser post anything but JSON, and other methods need a leave that nobody gives. */
const isTrusted = (request: IncomingMessage): boolean => request.method !== 'POST' || isJson(request);
const untrusted: SandboxAnswer = { status: 415, body: { code: 'media-type', detail: 'Send JSON, with its content type.' } };

async function requestOf(request: IncomingMessage): Promise<SandboxRequest> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const text = (await readBody(request, sandboxLimits.bodyBytesMax)).toString();
  const body = text !== '' && isJson(request) ? (JSON.parse(text) as unknown) : undefined;
  return { method: request.method ?? 'GET', path: pathname, query: searchParams, headers: request.headers, body };
}

const isJson = ({ headers }: IncomingMessage): boolean => headers['content-type']?.startsWith('application/json') === true;

function failureOf({ log }: SandboxContext, error: unknown): SandboxAnswer {
  if (error instanceof BodyTooLong) return { status: 413, body: { code: 'too-large', detail: error.message } };
  if (error instanceof SyntaxError || error instanceof URIError) return { status: 400, body: { code: 'malformed', detail: error.message } };
  log.warn('sandbox', String(error));
  return { status: 500, body: { code: 'bug', detail: String(error) } };
}

function sendJson(response: ServerResponse, { status, body }: SandboxAnswer): void {
  send(response, status, JSON.stringify(body));
}

function sendPage(response: ServerResponse, html: string): void {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'";
  response.setHeader('content-security-policy', policy);
  send(response.setHeader('content-type', 'text/html; charset=utf-8'), 200, html);
}
