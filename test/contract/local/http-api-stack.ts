import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { type HttpApiOptions, startHttpApi } from '#infra/local/http-api/http-api.ts';
import { functionArn, type RunningFunctions, startFunctions, type TestFunction } from './lambda-functions.ts';

export interface ApiSketch {
  readonly functions: Record<string, string | TestFunction>;
  /** Route key → function, or function with more properties of the route and its integration. */
  readonly routes: Record<string, string | RouteSketch>;
  /** Name → function, with more properties of the authorizer. */
  readonly authorizers?: Record<string, { function: string; properties?: Record<string, unknown> }>;
  readonly api?: Record<string, unknown>;
  readonly stage?: Record<string, unknown>;
  /** Which functions let the API invoke them; all when absent. */
  readonly permitted?: readonly string[];
  readonly options?: Partial<HttpApiOptions>;
}

interface RouteSketch {
  readonly function: string;
  readonly authorizer?: string;
  readonly properties?: Record<string, unknown>;
  readonly integration?: Record<string, unknown>;
}

export interface RunningApi extends AsyncDisposable {
  readonly functions: RunningFunctions;
  readonly url: string;
  call(method: string, path: string, more?: { headers?: Record<string, string | string[]>; body?: string | Buffer }): Promise<Reply>;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  /** The body as JSON; throws when it is none. */
  json(): unknown;
}

const executeApi = 'arn:aws:execute-api:ap-southeast-3:000000000000:api';

/** An HTTP API over small functions, both running. */
export async function startApi(sketch: ApiSketch): Promise<RunningApi> {
  const functions = await startFunctions(sketch.functions, { resources: resourcesOf(sketch) });
  const { model, lambda, clock, terminal, logsDirectory } = functions;
  const say = (room: string, message: string) => void terminal.push(`${room}: ${message}`);
  try {
    const api = await startHttpApi({
      model,
      invoker: lambda,
      mayInvoke: lambda.mayInvoke,
      clock,
      log: { info: say, warn: say },
      logsDirectory,
      ...sketch.options,
    });
    return {
      functions,
      url: api.url,
      call: (method, path, more) => call(api.url, { method, path, ...more }),
      [Symbol.asyncDispose]: async () => {
        await api.close();
        await functions[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await functions[Symbol.asyncDispose]();
    throw error;
  }
}

function resourcesOf({ functions, routes, authorizers = {}, api, stage, permitted }: ApiSketch) {
  const gateway = (kind: string, logicalId: string, properties: Record<string, unknown>) => ({
    logicalId,
    type: `AWS::ApiGatewayV2::${kind}`,
    properties,
  });
  return [
    gateway('Api', 'Api', { Name: 'test', ProtocolType: 'HTTP', ...api }),
    gateway('Stage', 'Stage', { ApiId: 'api', StageName: '$default', AutoDeploy: true, ...stage }),
    ...Object.entries(authorizers).map(([name, authorizer]) =>
      gateway('Authorizer', name, {
        ApiId: 'api',
        AuthorizerPayloadFormatVersion: '2.0',
        AuthorizerType: 'REQUEST',
        AuthorizerUri: `arn:aws:apigateway:ap-southeast-3:lambda:path/2015-03-31/functions/${functionArn(authorizer.function)}/invocations`,
        EnableSimpleResponses: true,
        IdentitySource: ['$request.header.Authorization'],
        Name: name,
        ...authorizer.properties,
      }),
    ),
    ...Object.entries(routes).flatMap(([RouteKey, route], index) => {
      const sketch: RouteSketch = typeof route === 'string' ? { function: route } : route;
      return [
        gateway('Integration', `Integration${index}`, {
          ApiId: 'api',
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: functionArn(sketch.function),
          PayloadFormatVersion: '2.0',
          ...sketch.integration,
        }),
        gateway('Route', `Route${index}`, {
          ApiId: 'api',
          RouteKey,
          Target: `integrations/integration${index}`,
          ...(sketch.authorizer
            ? { AuthorizationType: 'CUSTOM', AuthorizerId: sketch.authorizer.toLowerCase() }
            : { AuthorizationType: 'NONE' }),
          ...sketch.properties,
        }),
      ];
    }),
    ...(permitted ?? Object.keys(functions)).map((name) => ({
      logicalId: `Permission${name}`,
      type: 'AWS::Lambda::Permission',
      properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: functionArn(name),
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `${executeApi}/*`,
      },
    })),
  ];
}

interface CallOptions {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
}

/** One request on a connection of its own, its path sent as it is written. */
function call(url: string, { method, path, headers = {}, body }: CallOptions): Promise<Reply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: bytes,
          text,
          json: () => JSON.parse(text) as unknown,
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The source of a function that gives back its event. */
export const echo = 'export const handler = async (event) => event;';

/** Sends bytes as they are and answers all that comes back until the connection ends or is silent. */
export async function raw(url: string, bytes: string, { silenceMs = 300 } = {}): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  socket.write(bytes);
  socket.setTimeout(silenceMs, () => socket.destroy());
  await once(socket, 'close');
  return text;
}
