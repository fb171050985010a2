/**
 * The outbox over HTTP, in the local stack alone: `GET /_local/outbox?to=…` answers JSON, newest first, or a page for a browser;
 * `POST /_local/outbox/whatsapp/…` stands for the WhatsApp Cloud API.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiRefusal } from '../gateway/api-refusal.ts';
import { readBody } from '../gateway/loopback-server.ts';
import type { Outbox, OutboxMessage } from './outbox.ts';

const bodyBytesMax = 64 * 1024;

export function outboxRequestListener(outbox: Outbox): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      if (request.method === 'GET') list(request, response, outbox.list(searchParams.get('to') ?? undefined));
      else if (pathname.startsWith('/_local/outbox/whatsapp/')) sendJson(response, 200, outbox.whatsapp(await jsonIn(request)));
      else sendJson(response.setHeader('allow', 'GET'), 405, { code: 'method-not-allowed', detail: 'GET lists what was sent.' });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      sendJson(response, error instanceof ApiRefusal || error instanceof SyntaxError ? 400 : 500, { code: 'invalid', detail });
    }
  };
}

async function jsonIn(request: IncomingMessage): Promise<object> {
  return JSON.parse((await readBody(request, bodyBytesMax)).toString()) as object;
}

function list({ headers }: IncomingMessage, response: ServerResponse, messages: readonly OutboxMessage[]): void {
  if (headers.accept?.includes('text/html') === true) sendPage(response, messages);
  else sendJson(response, 200, { messages });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

const style =
  'body{font:15px/1.5 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid #999;padding:.5rem 0}pre{white-space:pre-wrap}';

function sendPage(response: ServerResponse, messages: readonly OutboxMessage[]): void {
  const articles = messages.map(
    ({ channel, to, subject, text, sentAt }) =>
      `<article><h2>${escaped(subject ?? channel)}</h2><p>${escaped(`${channel} · ${to} · ${sentAt}`)}</p><pre>${linked(text)}</pre></article>`,
  );
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Outbox</title><style>${style}</style><h1>Outbox</h1>${articles.join('') || '<p>Nothing has been sent yet.</p>'}</html>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  };
  response.writeHead(200, headers).end(body);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
const linked = (text: string): string =>
  escaped(text).replace(/https?:\/\/[^\s&]+(?:&amp;[^\s&]+)*/g, (address) => `<a href="${address}">${address}</a>`);
