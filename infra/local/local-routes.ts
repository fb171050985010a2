import type { IncomingMessage, ServerResponse } from 'node:http';
import { clockRequestListener } from './clock/clock-http.ts';
import type { DurableClock } from './clock/clock.ts';
import { demoPeople } from './demo/demo.ts';
import type { Outbox } from './messages/outbox.ts';
import { outboxRequestListener } from './messages/outbox-http.ts';

export interface LocalRoutesOptions {
  readonly clock: DurableClock;
  readonly outbox: Outbox;
  readonly dataDirectory: string;
}

/** What exists in the local stack alone, under `/_local/` of the API's host. Answers false for any other path. */
export function localRoutes({
  clock,
  outbox,
  dataDirectory,
}: LocalRoutesOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const clockListener = clockRequestListener(clock);
  const outboxListener = outboxRequestListener(outbox);
  return (request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/_local/clock') void clockListener(request, response);
    else if (path?.startsWith('/_local/outbox') === true) void outboxListener(request, response);
    else if (path === '/_local/people') showPeople(response, demoPeople(dataDirectory, clock.now()));
    else return false;
    return true;
  };
}

function showPeople(response: ServerResponse, staff: object[]): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ staff }, null, 2));
}
