/**
 * The sandbox gateway with the real adapters in front of it, and a server that takes its webhooks.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';
import { startSandbox, type Sandbox } from '#infra/local/sandbox/sandbox.ts';
import { irisPayouts } from '#shared/payments/midtrans-iris-payouts.ts';
import { midtransGateway } from '#shared/payments/midtrans-gateway.ts';
import type { PaymentGateway, PayoutGateway, WebhookRequest } from '#shared/payments/ports.ts';
import { xenditGateway } from '#shared/payments/xendit-gateway.ts';
import { xenditPayouts } from '#shared/payments/xendit-payouts.ts';
import { seededChance } from '#test/fakes/chance.ts';

const quiet = { info: () => {}, warn: () => {} };

export const keys = {
  midtransServerKey: 'SB-Mid-server-of-the-test',
  irisCreatorKey: 'IRIS-creator-of-the-test',
  irisApproverKey: 'IRIS-approver-of-the-test',
  irisMerchantKey: 'IRIS-merchant-of-the-test',
  xenditSecretKey: 'xnd_development_of_the_test',
  xenditCallbackToken: 'token-of-the-test',
} as const;

interface Delivery extends WebhookRequest {
  /** Where it came to: `/midtrans`. */
  readonly path: string;
}

export interface SandboxWorld {
  readonly sandbox: Sandbox;
  readonly clock: DurableClock;
  readonly gateways: { readonly midtrans: PaymentGateway; readonly xendit: PaymentGateway };
  readonly payouts: { readonly midtrans: PayoutGateway; readonly xendit: PayoutGateway };
  /** `charges/midtrans/dep_1/pay`. Throws what the sandbox refuses. */
  command(path: string, body?: object, method?: string): Promise<unknown>;
  /** What has been delivered since it was asked last, once everything that is due has been. */
  deliveries(): Promise<Delivery[]>;
  /** What the receiver answers from now on; 200 at first. */
  answerWith(status: number): void;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** Real time, for tests of what never answers. */
  readonly callMsMax?: number;
  readonly attemptMsMax?: number;
}

export async function sandboxWorld(options: WorldOptions = {}): Promise<SandboxWorld> {
  const received: Delivery[] = [];
  let status = 200;
  const receiver = await startReceiver((delivery) => {
    received.push(delivery);
    return status;
  });
  const database = new DatabaseSync(':memory:');
  const clock = openClock({ database, log: quiet });
  const at = (path: string): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
  const sandbox = await startSandbox({
    port: 0,
    database,
    clock,
    keys,
    log: quiet,
    webhooks: { midtransUrl: at('/midtrans'), irisUrl: at('/iris'), xenditUrl: at('/xendit'), xenditPayoutUrl: at('/xendit-payout') },
  });
  await clock.start();
  return {
    sandbox,
    clock,
    ...adaptersOf(sandbox, clock, options),
    command: (path, body = {}, method = 'POST') => command(`${sandbox.url}/_sandbox/${path}`, body, method),
    deliveries: async () => {
      await clock.advance(0);
      return received.splice(0);
    },
    answerWith: (next) => {
      status = next;
    },
    close: async () => {
      await sandbox.close();
      await clock.close();
      receiver.closeAllConnections();
      receiver.close();
      await once(receiver, 'close');
      database.close();
    },
  };
}

export function adaptersOf(
  { midtransUrl, irisUrl, xenditUrl }: Pick<Sandbox, 'midtransUrl' | 'irisUrl' | 'xenditUrl'>,
  clock: { now(): number },
  options: WorldOptions,
) {
  const common = { clock, chance: seededChance(), returnUrl: 'https://xm.example/back', ...options };
  const secretKey = async () => keys.xenditSecretKey;
  const callbackToken = async () => keys.xenditCallbackToken;
  return {
    gateways: {
      midtrans: midtransGateway({ ...common, baseUrl: midtransUrl, serverKey: async () => keys.midtransServerKey }),
      xendit: xenditGateway({ ...common, baseUrl: xenditUrl, secretKey, callbackToken, displayName: 'XM' }),
    },
    payouts: {
      midtrans: irisPayouts({
        ...common,
        baseUrl: irisUrl,
        creatorKey: async () => keys.irisCreatorKey,
        approverKey: async () => keys.irisApproverKey,
        merchantKey: async () => keys.irisMerchantKey,
      }),
      xendit: xenditPayouts({ ...common, baseUrl: xenditUrl, secretKey, callbackToken }),
    },
  };
}

async function command(url: string, body: object, method: string): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method !== 'GET' && { body: JSON.stringify(body) }),
  });
  const said: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${answer.status} ${JSON.stringify(said)}`);
  return said;
}

async function startReceiver(take: (delivery: Delivery) => number): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string | undefined>;
      response.writeHead(take({ path: request.url ?? '', headers, rawBody: Buffer.concat(chunks) })).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
