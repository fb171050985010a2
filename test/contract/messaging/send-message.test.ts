/**
 * The function as Lambda calls it, with SES and SNS in front of it: which messages come back, and what its log says.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { lambdaContext } from '#test/fakes/http-event.ts';

interface Call {
  readonly to: string;
  readonly body: string;
}

let server: Server;
let calls: Call[];
let redelivered: number[];
let handler: (event: SQSEvent, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;

/** Answers by address: what begins with `gone` is refused, what begins with `busy` fails. */
function answerOf(path: string, body: string): { status: number; type?: string } {
  if (!path.startsWith('/v2/email')) {
    redelivered.push((JSON.parse(body) as { VisibilityTimeout: number }).VisibilityTimeout);
    return { status: 200 };
  }
  const { Destination } = JSON.parse(body) as { Destination: { ToAddresses: [string] } };
  calls.push({ to: Destination.ToAddresses[0], body });
  if (calls.at(-1)!.to.startsWith('gone')) return { status: 400, type: 'BadRequestException' };
  return calls.at(-1)!.to.startsWith('busy') ? { status: 400, type: 'SendingPausedException' } : { status: 200 };
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, type } = answerOf(request.url ?? '', Buffer.concat(chunks).toString());
      response.writeHead(status, { 'content-type': 'application/json', ...(type && { 'x-amzn-errortype': type }) }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_ENDPOINT_URL: url,
    MESSAGES_QUEUE_URL: `${url}/000000000000/messages`,
    SENDER_EMAIL: 'no-reply@xm.example',
    WHATSAPP_URL: 'off',
    WHATSAPP_TOKEN_SECRET_ID: 'off',
    POWERTOOLS_LOG_LEVEL: 'INFO',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  ({ handler } = await import('../../../functions/messaging/send-message.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
beforeEach(() => {
  calls = [];
  redelivered = [];
});

const mailTo = (to: string, over: object = {}) =>
  JSON.stringify({ channel: 'email', to, locale: 'id', template: 'sign-in-code', values: { code: '987654', minutes: 10 }, ...over });

/** Runs the function on these bodies; answers which failed, and every line it logged. */
async function run(...bodies: string[]): Promise<{ failed: unknown; lines: string }> {
  const lines: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((line) => lines.push(String(line)) > 0),
  );
  const Records = bodies.map((body, index) => ({
    messageId: String(index),
    receiptHandle: `receipt-${index}`,
    body,
    attributes: { ApproximateReceiveCount: '2' },
  }));
  try {
    const { batchItemFailures } = (await handler({ Records } as unknown as SQSEvent, lambdaContext())) as {
      batchItemFailures: { itemIdentifier: string }[];
    };
    return { failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), lines: lines.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe('send-message', () => {
  it('sends what it is given', async () => {
    const { failed, lines } = await run(mailTo('sari@example.id'), mailTo('budi@example.id'));
    expect(failed).toEqual([]);
    expect(calls.map(({ to }) => to).toSorted()).toEqual(['budi@example.id', 'sari@example.id']);
    expect(calls[0]?.body).toContain('987654');
    expect(lines).toContain('"outcome":"sent"');
  });

  it('drops what is refused for good, and only that, with the reason in its log', async () => {
    const { failed, lines } = await run(mailTo('gone@example.id'), mailTo('sari@example.id'));
    expect(failed).toEqual([]);
    expect(lines).toContain('"reason":"BadRequestException"');
  });

  it('has what may work later delivered again soon, and reports it', async () => {
    const { failed } = await run(mailTo('busy@example.id'), mailTo('sari@example.id'));
    expect(failed).toEqual(['0']);
    expect(redelivered).toEqual([10]);
  });

  it('reports what it cannot read until the queue gives it up', async () => {
    const { failed } = await run('{', mailTo('sari@example.id', { template: 'newsletter' }), mailTo('sari@example.id'));
    expect(failed).toEqual(['0', '1']);
    expect(calls).toHaveLength(1);
  });

  it('drops a code that has expired', async () => {
    const { failed, lines } = await run(mailTo('sari@example.id', { expiresAt: '2020-01-01T00:00:00.000Z' }));
    expect([failed, calls]).toEqual([[], []]);
    expect(lines).toContain('"outcome":"expired"');
  });

  it('logs neither codes nor addresses, whatever happens', async () => {
    const { lines } = await run(
      mailTo('sari@example.id'),
      mailTo('gone@example.id'),
      mailTo('busy@example.id'),
      mailTo('sari@example.id', { values: { code: '987654' } }),
    );
    expect(lines).not.toBe('');
    expect(lines).not.toMatch(/987654|example\.id/);
  });
});
