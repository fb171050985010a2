import type { IncomingMessage, ServerResponse } from 'node:http';
import { clockRequestListener } from './clock/clock-http.ts';
import type { DurableClock } from './clock/clock.ts';
import { demoPeople } from './demo/demo.ts';
import { demoDepositLink, demoMembers, depositPagePath } from './demo/deposit-page.ts';
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
    else if (path === '/_local/people')
      show(response, { staff: demoPeople(dataDirectory, clock.now()), members: demoMembers(dataDirectory, hostOf(request)) });
    else if (path === depositPagePath) void openDepositPage(request, response, dataDirectory);
    else return false;
    return true;
  };
}

function show(response: ServerResponse, answer: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer, null, 2));
}

/** The API's own address, as whoever asks has it. */
const hostOf = ({ headers: { host = '' } }: IncomingMessage): string => `http://${host}`;

/** Takes whoever comes to the page, as a member of the demo. The link is behind a `#`, which browsers keep to themselves. */
async function openDepositPage(request: IncomingMessage, response: ServerResponse, dataDirectory: string): Promise<void> {
  const refuse = (status: number, why: string) => response.writeHead(status, { 'content-type': 'text/plain' }).end(`${why}\n`);
  try {
    const apiUrl = hostOf(request);
    const as = new URL(request.url ?? '', apiUrl).searchParams.get('as');
    const member = demoMembers(dataDirectory, apiUrl).find(({ handle }) => as === null || handle === as);
    if (member === undefined) return void refuse(404, 'There is no such member of the demo.');
    response.writeHead(302, { location: await demoDepositLink(apiUrl, member), 'cache-control': 'no-store' }).end();
  } catch (error) {
    refuse(502, (error as Error).message);
  }
}
