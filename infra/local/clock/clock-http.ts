/**
 * The clock over HTTP, in the local stack alone: `GET /_local/clock` tells the time, `POST /_local/clock {"advance":"PT15M"}` moves it
 * and answers once everything that fell due on the way has been handled.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ClockStoppedError, clockLimits, EndlessTimersError, type DurableClock } from './clock.ts';
import { DurationError, formatDuration, parseDuration } from './duration.ts';

const bodyBytesMax = 4 * 1024;
const timersShown = 20;

/** RFC 9457, with the members every problem of this system has. */
interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly pointer?: string;
}

class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Answers every request it is given: who routes to it decides on which path. */
export function clockRequestListener(clock: DurableClock): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      if (request.method === 'POST') await advance(clock, request);
      else if (request.method !== 'GET') throw methodRefused();
      send(response, { status: 200, type: 'application/json', body: shown(clock) });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status === 405) response.setHeader('allow', 'GET, POST');
      const { pointer, ...members } = problem;
      const errors = pointer === undefined ? {} : { errors: [{ pointer, detail: problem.detail }] };
      send(response, {
        status: problem.status,
        type: 'application/problem+json',
        body: { type: 'about:blank', ...members, ...errors, requestId: randomUUID() },
      });
    }
  };
}

async function advance(clock: DurableClock, request: IncomingMessage): Promise<void> {
  const milliseconds = durationIn(await read(request));
  const { socket } = request;
  const idleMsMax = socket.timeout ?? 0;
  // Nothing moves on the connection meanwhile, and forty days may take a quarter of an hour.
  socket.setTimeout(0);
  await clock.advance(milliseconds).finally(() => socket.setTimeout(idleMsMax));
}

function shown(clock: DurableClock) {
  return {
    now: new Date(clock.now()).toISOString(),
    offset: formatDuration(clock.offsetMs),
    nextTimers: clock.pending(timersShown).map(({ id, kind, dueAtMs }) => ({ id, kind, dueAt: new Date(dueAtMs).toISOString() })),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) {
      throw new ProblemError({ status: 413, code: 'body-too-large', title: 'Body too large', detail: `At most ${bodyBytesMax} bytes.` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function durationIn(body: string): number {
  const { advance, ...others } = objectIn(body);
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) throw invalid(`/${unknown}`, `Only "advance" is known here, not "${unknown}".`);
  if (typeof advance !== 'string') throw invalid('/advance', 'Give an ISO 8601 duration, for example {"advance":"PT15M"}.');
  try {
    const milliseconds = parseDuration(advance);
    if (milliseconds > clockLimits.advanceMsMax) throw new DurationError(`At most ${formatDuration(clockLimits.advanceMsMax)} at once.`);
    return milliseconds;
  } catch (error) {
    if (error instanceof DurationError) throw invalid('/advance', error.message);
    throw error;
  }
}

function objectIn(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, as any other body that is no JSON object.
  }
  throw invalid('', 'The body is a JSON object, for example {"advance":"PT15M"}.');
}

function invalid(pointer: string, detail: string): ProblemError {
  return new ProblemError({ status: 400, code: 'invalid', title: 'Invalid request', detail, pointer });
}

function methodRefused(): ProblemError {
  return new ProblemError({
    status: 405,
    code: 'method-not-allowed',
    title: 'Method not allowed',
    detail: 'GET tells the time, POST moves it.',
  });
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof EndlessTimersError) return { status: 409, code: 'endless-timers', title: 'Endless timers', detail: error.message };
  if (error instanceof ClockStoppedError) return { status: 503, code: 'clock-stopped', title: 'Clock stopped', detail: error.message };
  return { status: 500, code: 'internal', title: 'Internal error', detail: error instanceof Error ? error.message : String(error) };
}

function send(response: ServerResponse, { status, type, body }: { status: number; type: string; body: object }): void {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}
