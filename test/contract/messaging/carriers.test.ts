/**
 * Carriers against a server that answers as the services do: what goes over the wire, and what each refusal means.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sesEmailCarrier } from '#shared/messaging/ses-email-carrier.ts';
import { snsSmsCarrier } from '#shared/messaging/sns-sms-carrier.ts';
import { whatsappCarrier } from '#shared/messaging/whatsapp-carrier.ts';

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

let server: Server;
let url: string;
let answer: Answer;
let requests: { path: string; headers: IncomingMessage['headers']; body: string }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
beforeEach(() => {
  requests = [];
});

const config = () => ({ endpoint: url, region: 'local', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, maxAttempts: 1 });

describe('mail by SES', () => {
  const send = () =>
    sesEmailCarrier(new SESv2Client(config()), 'XM <no-reply@xm.example>').send({
      to: 'sari@example.id',
      subject: 'Kode “XM”',
      text: 'teks',
      html: '<p>teks</p>',
    });
  const fault = (type: string, status = 400): Answer => ({
    status,
    headers: { 'x-amzn-errortype': type },
    body: '{"message":"sari@example.id is not there"}',
  });

  it('has both bodies in UTF-8', async () => {
    answer = { status: 200, body: '{"MessageId":"m-1"}' };
    expect(await send()).toEqual({ isSent: true });
    expect(requests[0]?.path).toBe('/v2/email/outbound-emails');
    expect(JSON.parse(requests[0]!.body)).toEqual({
      FromEmailAddress: 'XM <no-reply@xm.example>',
      Destination: { ToAddresses: ['sari@example.id'] },
      Content: {
        Simple: {
          Subject: { Data: 'Kode “XM”', Charset: 'UTF-8' },
          Body: { Text: { Data: 'teks', Charset: 'UTF-8' }, Html: { Data: '<p>teks</p>', Charset: 'UTF-8' } },
        },
      },
    });
  });

  it('is refused for good when the address cannot be one, and the reason names nobody', async () => {
    answer = fault('BadRequestException');
    expect(await send()).toEqual({ isSent: false, reason: 'BadRequestException' });
  });

  it.each([
    ['TooManyRequestsException', 429],
    ['MessageRejected', 400],
    ['SendingPausedException', 400],
    ['AccountSuspendedException', 400],
    ['MailFromDomainNotVerifiedException', 400],
    ['InternalFailure', 500],
  ])('may go another time after %s', async (type, status) => {
    answer = fault(type, status);
    await expect(send()).rejects.toMatchObject({ name: type });
  });
});

describe('SMS by SNS', () => {
  const send = () =>
    snsSmsCarrier(new SNSClient(config())).send({ to: '+6281234567890', text: 'XM: 123456', locale: 'id', code: '123456' });
  const fault = (code: string, status: number): Answer => ({
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  });

  it('goes to the number itself, before marketing', async () => {
    answer = {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>',
    };
    expect(await send()).toEqual({ isSent: true });
    expect(Object.fromEntries(new URLSearchParams(requests[0]!.body))).toMatchObject({
      Action: 'Publish',
      PhoneNumber: '+6281234567890',
      Message: 'XM: 123456',
      'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SMSType',
      'MessageAttributes.entry.1.Value.StringValue': 'Transactional',
    });
  });

  it.each([
    ['InvalidParameter', 'InvalidParameterException'],
    ['ParameterValueInvalid', 'InvalidParameterValueException'],
  ])('is refused for good by %s', async (code, reason) => {
    answer = fault(code, 400);
    expect(await send()).toEqual({ isSent: false, reason });
  });

  it.each([
    ['AuthorizationError', 403],
    ['Throttled', 429],
    ['InternalError', 500],
  ])('may go another time after %s', async (code, status) => {
    answer = fault(code, status);
    await expect(send()).rejects.toMatchObject({ $metadata: { httpStatusCode: status } });
  });
});

describe('WhatsApp by the Cloud API', () => {
  const send = (code?: string) =>
    whatsappCarrier({ url: `${url}/v1/4711`, token: async () => 'secret' }).send({
      to: '+6281234567890',
      text: 'XM: …',
      locale: 'id',
      code,
    });
  const fault = (code: number, status = 400): Answer => ({ status, body: JSON.stringify({ error: { message: 'no', code } }) });

  it('sends a code by the template that has a button for it', async () => {
    answer = { status: 200, body: '{"messages":[{"id":"wamid.1"}]}' };
    expect(await send('123456')).toEqual({ isSent: true });
    expect(requests[0]).toMatchObject({ path: '/v1/4711/messages', headers: { authorization: 'Bearer secret' } });
    const parameters = [{ type: 'text', text: '123456' }];
    expect(JSON.parse(requests[0]!.body)).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '6281234567890',
      type: 'template',
      template: {
        name: 'xm_code',
        language: { code: 'id' },
        components: [
          { type: 'body', parameters },
          { type: 'button', sub_type: 'url', index: '0', parameters },
        ],
      },
    });
  });

  it('sends everything else as a notice', async () => {
    answer = { status: 200, body: '{}' };
    await send();
    expect(JSON.parse(requests[0]!.body)).toMatchObject({
      template: { name: 'xm_notice', components: [{ type: 'body', parameters: [{ type: 'text', text: 'XM: …' }] }] },
    });
  });

  it('is refused for good when the number cannot be reached', async () => {
    answer = fault(131026);
    expect(await send('123456')).toEqual({ isSent: false, reason: 'WhatsApp 131026' });
  });

  it.each([
    ['a limit', fault(130429, 429), '429 with the error 130429'],
    ['a token that has expired', fault(190, 401), '401 with the error 190'],
    ['an answer that is none', { status: 502, body: '<html>Bad gateway 123456</html>' }, '502 with the error unknown'],
  ])('may go another time after %s, and the error says nothing of the message', async (_, given, message) => {
    answer = given;
    await expect(send('123456')).rejects.toThrow(new RegExp(`^WhatsApp answered ${message}$`));
  });
});
