/**
 * Calls in the name of whoever is signed in: with a token that is fresh, once more after a refresh, and once more after a second factor.
 */
import type { Session } from '../session/session.ts';
import { cancelled, offline, problemOf } from './problem.ts';

export interface Guard {
  readonly session: () => Session | undefined;
  /** A session whose token is another than the one that was refused. Rejects when there is none any more. */
  readonly refresh: (refusedToken: string | undefined) => Promise<Session>;
  /** Asks for a second factor; true when it was given. */
  readonly stepUp: () => Promise<boolean>;
  readonly now: () => number;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** Longer than the API's own limit of 30 s. */
const answerMsMax = 35_000;
/** A token that ends within this is renewed before it is used. */
const freshMsMin = 15_000;

/** For openapi-fetch: answers only what went well; everything else is thrown as an `ApiProblem`. */
export function guardedFetch(guard: Guard): (request: Request) => Promise<Response> {
  return async (request) => {
    const answer = await askTwice(request, guard);
    if (answer.ok) return answer;
    const problem = await problemOf(answer);
    if (problem.code !== 'auth.step-up-required') throw problem;
    if (!(await guard.stepUp())) throw cancelled();
    return succeeded(await askTwice(request, guard));
  };
}

/** For the routes that are open to anybody. */
export function openFetch(fetch: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => succeeded(await send(request, fetch));
}

async function askTwice(request: Request, guard: Guard): Promise<Response> {
  const token = await tokenFor(guard);
  const answer = await send(withToken(request, token), guard.fetch);
  if (answer.status !== 401) return answer;
  const { accessToken } = await guard.refresh(token);
  return send(withToken(request, accessToken), guard.fetch);
}

async function tokenFor({ session, refresh, now }: Guard): Promise<string> {
  const current = session();
  if (current !== undefined && current.expiresAtMs - now() > freshMsMin) return current.accessToken;
  return (await refresh(current?.accessToken)).accessToken;
}

function withToken(request: Request, token: string): Request {
  // A request's body can be read once, so each attempt sends a copy.
  const copy = request.clone();
  copy.headers.set('authorization', `Bearer ${token}`);
  return copy;
}

async function send(request: Request, fetch: (request: Request) => Promise<Response>): Promise<Response> {
  try {
    return await fetch(new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(answerMsMax)]) }));
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw offline();
  }
}

async function succeeded(answer: Response): Promise<Response> {
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}
