/**
 * The program inside an execution environment: loads one handler, then runs one event after the other.
 *
 * It is bundled to plain JavaScript before use, because stripping its types in every new environment would cost 45 ms each time. As on AWS the
 * environment lives on after an answer; unlike there it is not frozen, so work that a handler left behind simply goes on.
 */
import type { FromRuntime, InitRequest, RunRequest, ToRuntime } from '../protocol.ts';
import { contextOf } from './context.ts';
import { functionErrorOf, RuntimeError } from './function-error.ts';
import { type Handler, loadHandler, runHandler } from './handler.ts';
import { openLink } from './link.ts';
import { followStackClock } from './stack-date.ts';

/** What Lambda's own runtime exits with. */
const exitCodes = { uncaughtException: 129, unhandledRejection: 128 };

const link = openLink();
let initialised: { handler: Handler; request: InitRequest } | undefined;

followStackClock(() => link.offsetMs());
refuseStreaming();
process.on('uncaughtException', (error) => void crash(error, exitCodes.uncaughtException));
process.on('unhandledRejection', (reason) => {
  void crash(RuntimeError.around('Runtime.UnhandledPromiseRejection', reason), exitCodes.unhandledRejection);
});
link.receive((message) => void receive(message));

async function receive(message: ToRuntime): Promise<void> {
  if (message.type === 'init') return link.send(await init(message));
  if (message.type === 'run') return run(message);
  link.setOffset(message.offsetMs);
  return link.send({ type: 'clock-set', number: message.number });
}

async function init(request: InitRequest): Promise<FromRuntime> {
  link.setOffset(request.offsetMs);
  try {
    initialised = { handler: await loadHandler(request), request };
    return { type: 'initialised' };
  } catch (thrown) {
    return { type: 'init-failed', error: functionErrorOf(thrown) };
  } finally {
    link.endOutput('init');
  }
}

async function run(request: RunRequest): Promise<void> {
  const answer = await answerOf(request);
  link.endOutput(request.requestId);
  return link.send(answer);
}

async function answerOf({ requestId, event, timeoutMs }: RunRequest): Promise<FromRuntime> {
  try {
    const { handler, request } = initialised!;
    const result = await runHandler(handler, JSON.parse(event), contextOf(request.context, requestId, timeoutMs));
    return { type: 'answered', requestId, json: asJson(result), memoryBytes: link.memoryBytes() };
  } catch (thrown) {
    return { type: 'failed', requestId, error: functionErrorOf(thrown), memoryBytes: link.memoryBytes() };
  }
}

function asJson(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (thrown) {
    throw new RuntimeError('Runtime.MarshalError', `Unable to stringify response body: ${functionErrorOf(thrown).errorMessage}`);
  }
}

async function crash(error: unknown, exitCode: number): Promise<void> {
  await link.send({ type: 'crashed', error: functionErrorOf(error) });
  process.exit(exitCode);
}

function refuseStreaming(): void {
  const refuse = (): never => {
    throw new RuntimeError('Runtime.StreamingUnsupported', 'The local stack runs no response streaming: nothing in this system uses it.');
  };
  Object.assign(globalThis, { awslambda: { streamifyResponse: refuse, HttpResponseStream: { from: refuse } } });
}
