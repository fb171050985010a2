/**
 * Runs the CloudFront Function of a behaviour on what the viewer sent: the code of the template, in a context of its own.
 *
 * As in AWS it has no network, no timers and no file system; the modules `crypto`, `querystring` and `cloudfront` are not there either,
 * and a function that asks for them fails with its first request.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
import { createContext, Script } from 'node:vm';
import { z } from 'zod';
import type { Resource } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';

/** What the viewer asked for. Header names are in lower case; the query is as it was written, without its question mark. */
export interface ViewerRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly ip: string;
}

export interface ViewerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type ViewerDecision = { readonly request: ViewerRequest } | { readonly answer: ViewerAnswer };

export type ViewerFunction = (request: ViewerRequest) => Promise<ViewerDecision>;

/** AWS's own limit. */
const codeBytesMax = 10 * 1024;
/** AWS allows about a millisecond of processor. This is wall-clock time on a machine that is busy with more: it only ends what would never end. */
const runMsMax = 1_000;

const known = {
  supported: ['FunctionCode', 'FunctionConfig.Runtime', 'Name', 'AutoPublish'],
  inert: { 'FunctionConfig.Comment': 'for people' },
};

const Properties = z.object({ FunctionCode: z.string(), FunctionConfig: z.object({ Runtime: z.string() }) });

const Value = z.object({ value: z.string(), multiValue: z.array(z.object({ value: z.string() })).optional() });
const Cookies = z.record(z.string(), z.object({ value: z.string() }));
const Outcome = z.union([
  z.object({
    statusCode: z.number().int().min(200).max(599),
    headers: z.record(z.string(), Value).default({}),
    body: z.union([z.string(), z.object({ encoding: z.literal('text'), data: z.string() })]).default(''),
  }),
  z.object({
    uri: z.string().startsWith('/'),
    querystring: z.record(z.string(), Value),
    headers: z.record(z.string(), Value),
    cookies: Cookies,
  }),
]);

/** Throws `TemplateError` for code that does not compile or wants another runtime. The function rejects when the code throws or takes too long. */
export function viewerFunction(resource: Resource): ViewerFunction {
  const { FunctionCode, FunctionConfig } = propertiesOf(resource, Properties, known);
  if (FunctionConfig.Runtime !== 'cloudfront-js-2.0') throw refusal(resource, `runtime ${FunctionConfig.Runtime} is not supported`);
  if (Buffer.byteLength(FunctionCode) > codeBytesMax) throw refusal(resource, `a CloudFront Function has at most ${codeBytesMax} bytes`);
  const run = compiled(resource, FunctionCode);
  return async (request) => {
    const outcome = Outcome.parse(JSON.parse(await run(JSON.stringify(eventOf(request)))));
    if ('statusCode' in outcome) return { answer: answerOf(outcome) };
    const cookie = Object.entries(outcome.cookies).map(([name, { value }]) => `${name}=${value}`);
    const headers = { ...flat(outcome.headers), ...(cookie.length > 0 && { cookie: cookie.join('; ') }) };
    return { request: { ...request, path: outcome.uri, query: queryOf(outcome.querystring), headers } };
  };
}

/** Event and outcome cross the border as JSON, so that the code never holds an object of this process. */
function compiled(resource: Resource, code: string): (event: string) => Promise<string> {
  const context = createContext({ event: '' }, { codeGeneration: { strings: false, wasm: false } });
  try {
    new Script(code, { filename: `${resource.logicalId}.js` }).runInContext(context, { timeout: runMsMax });
    const call = new Script('(async () => JSON.stringify(await handler(JSON.parse(event))))()');
    return (event) => {
      context['event'] = event;
      return call.runInContext(context, { timeout: runMsMax }) as Promise<string>;
    };
  } catch (error) {
    throw refusal(resource, `its code does not run: ${String(error)}`);
  }
}

function eventOf({ method, path, query, headers, ip }: ViewerRequest): unknown {
  const { cookie = '', ...others } = headers;
  return {
    version: '1.0',
    context: { eventType: 'viewer-request' },
    viewer: { ip },
    request: {
      method,
      uri: path,
      querystring: multiValues(pairsOf(query, '&')),
      headers: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, { value }])),
      cookies: multiValues(pairsOf(cookie, /; */)),
    },
  };
}

/** Names and values as they were written: CloudFront decodes neither. */
export function pairsOf(text: string, separator: string | RegExp): [name: string, value: string][] {
  return text
    .split(separator)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    });
}

function multiValues(pairs: readonly [string, string][]): Record<string, z.infer<typeof Value>> {
  const byName = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, entries]) => {
      const values = entries.map(([, value]) => ({ value }));
      const first = values[0] ?? { value: '' };
      return [name, values.length > 1 ? { ...first, multiValue: values } : first];
    }),
  );
}

function queryOf(values: Readonly<Record<string, z.infer<typeof Value>>>): string {
  return Object.entries(values)
    .flatMap(([name, { value, multiValue }]) => (multiValue ?? [{ value }]).map((entry) => `${name}=${entry.value}`))
    .join('&');
}

function flat(values: Readonly<Record<string, z.infer<typeof Value>>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name.toLowerCase(), value]));
}

function answerOf({ statusCode, headers, body }: Extract<z.infer<typeof Outcome>, { statusCode: number }>): ViewerAnswer {
  return { status: statusCode, headers: flat(headers), body: typeof body === 'string' ? body : body.data };
}
