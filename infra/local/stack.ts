/**
 * Puts the rooms of the local stack together: template → model → engines → gateway → functions → what calls functions.
 */
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { type BusyInvoker, busyInvoker } from './busy-invoker.ts';
import { startCdn } from './cdn/cdn.ts';
import { applyCustomResources } from './cdn/custom-resources.ts';
import { type DurableClock, openClock } from './clock/clock.ts';
import { type DynamodbEngine, startDynamodb } from './dynamodb/engine.ts';
import { type DeliverToTarget, startSchedules } from './events/schedules.ts';
import { deliveries } from './events/deliveries.ts';
import { startSqsMappings } from './events/sqs-mappings.ts';
import { openEventBus } from './events/event-bus.ts';
import { targetPermits } from './events/target-permits.ts';
import { startStreamMappings } from './events/stream-mappings.ts';
import { startGateway } from './gateway/gateway.ts';
import { startHttpApi } from './http-api/http-api.ts';
import { buildAccess, type LocalAccess } from './iam/access.ts';
import { type LambdaRuntime, startLambda } from './lambda/lambda.ts';
import { keepAssembly } from '../synthesis.ts';
import { operator } from './operator.ts';
import type { StartOptions } from './options.ts';
import { openKeys } from './keys/keys.ts';
import { accountId, loadLocalModel, queueUrl, region, urlOfDistribution } from './local-model.ts';
import { localRoutes } from './local-routes.ts';
import { openOutbox, type Outbox } from './messages/outbox.ts';
import type { AccessRequest, Closable, Resource, StackLog } from './ports.ts';
import { noteRunning, noteStopped, type Urls } from './running.ts';
import { startStackBuckets } from './s3/stack-buckets.ts';
import { type Sandbox, startSandbox } from './sandbox/sandbox.ts';
import { openSecrets, type Secrets } from './secrets/secrets.ts';
import { serviceCalls } from './service-calls.ts';
import { type SqsEngine, startSqs } from './sqs/engine.ts';
import { openStackLog } from './stack-log.ts';
import { openStates, type States } from './states/states.ts';
import { openStateDatabase, type StateDatabase } from './state-database.ts';
import type { LocalModel } from './template.ts';
import { ensureKey, localGuards } from './token-issuer.ts';

export interface StackOptions extends Omit<StartOptions, 'demo'> {
  /** The cloud assembly that `synthesise` made; the stack keeps what it needs of it. */
  readonly assemblyDirectory: string;
  /** Whether the stack's log also goes to the terminal. Default true. */
  readonly terminal?: boolean;
}

export interface LocalStack extends Closable {
  readonly dataDirectory: string;
  readonly model: LocalModel;
  readonly logBucket: string;
  readonly urls: Urls;
  readonly outbox: Outbox;
  /** Milliseconds since the epoch, stack time. */
  now(): number;
}

/** Everything that has been started, for what is started after it. */
interface Ground {
  readonly options: StackOptions;
  readonly urls: Urls;
  readonly state: StateDatabase;
  readonly clock: DurableClock;
  readonly model: LocalModel;
  readonly access: LocalAccess;
  readonly log: StackLog;
  readonly outbox: Outbox;
  readonly logsDirectory: string;
  /** Closed in the reverse order of their starts. */
  readonly opened: Closable[];
}

interface Engines {
  readonly dynamodb: DynamodbEngine;
  readonly sqs: SqsEngine;
}

interface Functions {
  readonly lambda: LambdaRuntime;
  /** The way every event takes to a function. */
  readonly invoker: BusyInvoker;
  readonly states: States;
  readonly deliver: DeliverToTarget;
  readonly secrets: Secrets;
}

/** Starts everything. Rejects, with nothing left running, with the logical id of whatever in the template cannot be run here. */
export async function startStack(options: StackOptions): Promise<LocalStack> {
  const opened: Closable[] = [];
  const close = async (): Promise<void> => {
    for (const room of opened.toReversed()) await room.close();
    opened.length = 0;
  };
  try {
    const ground = await openGround(options, opened);
    const engines = await startEngines(ground);
    const functions = await startFunctions(ground, engines);
    await startCallers(ground, engines, functions);
    // First of all at the end: a timer that fires into rooms that are closing fails and comes again, an advance of time without end.
    opened.push({ close: async () => ground.clock.stop() });
    noteRunning(options.dataDirectory, { ...ground.urls, outputs: ground.model.outputs });
    opened.push({ close: async () => noteStopped(options.dataDirectory) });
    const { model, urls, clock, outbox } = ground;
    return {
      dataDirectory: options.dataDirectory,
      model,
      logBucket: model.outputs['LogBucket'] ?? '',
      urls,
      outbox,
      now: () => clock.now(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openGround(options: StackOptions, opened: Closable[]): Promise<Ground> {
  const { dataDirectory, port } = options;
  const at = (offset: number): string => `http://127.0.0.1:${port + offset}`;
  const urls: Urls = { api: at(0), backoffice: at(1), s3: at(2), gateway: at(3), depositPage: at(4), sandbox: at(5) };
  const state = openStateDatabase(dataDirectory, { fresh: options.fresh });
  opened.push({ close: async () => state.close() });
  const logsDirectory = join(dataDirectory, 'logs');
  const terminal = options.terminal ?? true;
  const log = openStackLog({ logsDirectory, terminal, now: () => clock.now() });
  opened.push({ close: async () => log.close() });
  const clock = openClock({ database: state.database, log });
  opened.push(clock);
  const model = loadLocalModel(await keepAssembly(options.assemblyDirectory, join(dataDirectory, 'assembly')), urls);
  const access = buildAccess(model, { seed: state.seed });
  const outbox = openOutbox({ database: state.database, clock, print: (text) => void (terminal && process.stderr.write(text)) });
  return { options, urls, state, clock, model, access, log, outbox, logsDirectory, opened };
}

async function startEngines(ground: Ground): Promise<Engines> {
  const { options, urls, clock, model, log, opened } = ground;
  const directory = join(options.dataDirectory, 'engines');
  const [dynamodb, sqs] = await Promise.all([
    startDynamodb({ directory, model, clock, log }),
    startSqs({ directory, model, queueUrl: (name) => queueUrl(urls, name), clock, log }),
  ]);
  opened.push(dynamodb, sqs);
  return { dynamodb, sqs };
}

/** Functions, state machines, and the gateway through which both reach the engines. */
async function startFunctions(ground: Ground, engines: Engines): Promise<Functions> {
  const { options, clock, model, access, log, opened } = ground;
  const lambda = await startLambdaOf(ground);
  opened.push(lambda);
  const invoker = busyInvoker(lambda);
  const states = openStates({
    database: ground.state.database,
    clock,
    model,
    invoker,
    call: serviceCalls({ model, access, log, ...engines, putEvents: (input) => bus.handle('PutEvents', input) }),
    mayInvoke: (roleArn, functionArn) => {
      const request = { action: 'lambda:InvokeFunction', resource: functionArn, context: {} };
      return access.denied(access.principalOfRole(roleArn, 'states.amazonaws.com'), [request]) === undefined;
    },
    log,
  });
  opened.push(states);
  const deliver = deliveries({
    model,
    clock,
    log,
    sqs: engines.sqs,
    lambda,
    invoker,
    states,
    queueUrl: (name) => queueUrl(ground.urls, name),
  });
  const permits = targetPermits({ access, mayInvoke: lambda.mayInvoke, accountId });
  const bus = openEventBus({ model, clock, deliver, permits, log });
  const { database } = ground.state;
  const secrets = openSecrets({ model, database, clock });
  const keys = openKeys({ model, database });
  const handlers = {
    states: (operation: string, input: object) => states.handle(operation, input),
    events: (operation: string, input: object) => bus.handle(operation, input),
    secretsmanager: (operation: string, input: object) => secrets.handle(operation, input),
    kms: (operation: string, input: object) => keys.handle(operation, input),
    ses: (operation: string, input: object) => ground.outbox.ses(operation, input),
    sns: (operation: string, input: object) => ground.outbox.sns(operation, input),
  };
  opened.push(await startGateway({ port: options.port + 3, model, access, clock, log, handlers, ...engines }));
  await publishLocalGuards(ground);
  startSchedules({ model, clock, deliver, mayInvoke: lambda.mayInvoke, permits, log });
  return { lambda, invoker, states, deliver, secrets };
}

/** Lets the authorizer take the tokens of `npm run token`. */
async function publishLocalGuards({ options, urls, model }: Ground): Promise<void> {
  await ensureKey(options.dataDirectory);
  const client = DynamoDBDocument.from(new DynamoDB({ endpoint: urls.gateway, region, credentials: operator }));
  for (const Item of localGuards(options.dataDirectory)) await client.put({ TableName: model.outputs['GuardsTable'], Item });
  client.destroy();
}

function startLambdaOf({ options, urls, clock, model, access, log, logsDirectory }: Ground): Promise<LambdaRuntime> {
  return startLambda({
    model,
    clock,
    log,
    logsDirectory,
    isolation: options.isolation,
    codeDirectory: (resource) => model.assetDirectory(resource),
    principal: (resource) => access.principalOfFunction(resource),
    endpoints: {
      AWS_ENDPOINT_URL_S3: urls.s3,
      AWS_ENDPOINT_URL_DYNAMODB: urls.gateway,
      AWS_ENDPOINT_URL_SQS: urls.gateway,
      AWS_ENDPOINT_URL_SFN: urls.gateway,
      AWS_ENDPOINT_URL_EVENTBRIDGE: urls.gateway,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: urls.gateway,
      AWS_ENDPOINT_URL_KMS: urls.gateway,
      AWS_ENDPOINT_URL_SESV2: urls.gateway,
      AWS_ENDPOINT_URL_SNS: urls.gateway,
    },
  });
}

/** How long a step of `advance` waits for events at work before it moves time under them. */
const idleMsMax = 10_000;

/** What calls functions: the API, the bucket's events, queues, streams, schedules, and the deployment's custom resources. */
async function startCallers(ground: Ground, engines: Engines, functions: Functions): Promise<void> {
  const { options, urls, clock, model, access, log, logsDirectory, opened } = ground;
  const { lambda, invoker, states, deliver, secrets } = functions;
  const s3 = await startStackBuckets({
    model,
    access,
    clock,
    log,
    dataDirectory: join(options.dataDirectory, 's3'),
    port: options.port + 2,
    deliver: ({ targetArn, event }) => deliver({ id: crypto.randomUUID(), targetArn, payload: event }),
  });
  opened.push(s3);
  const { mayInvoke } = lambda;
  const api = await startHttpApi({
    model,
    invoker,
    mayInvoke,
    clock,
    log,
    logsDirectory,
    port: options.port,
    localRoutes: localRoutes({ clock, outbox: ground.outbox, dataDirectory: options.dataDirectory }),
  });
  opened.push(api);
  await applyCustomResources({ model, invoker, database: ground.state.database, log });
  await startSites(ground, { secrets, s3Url: s3.url, apiUrl: api.url });
  opened.push(await startSandboxOf(ground, secrets));
  const grants = (lambdaFunction: Resource, request: AccessRequest): boolean =>
    access.denied(access.principalOfFunction(lambdaFunction), [request]) === undefined;
  const endpoints = { sqsUrl: engines.sqs.url };
  opened.push(
    await startStreamMappings({
      model,
      invoker,
      clock,
      database: ground.state.database,
      dynamodb: engines.dynamodb,
      endpoints,
      log,
      grants,
    }),
  );
  opened.push(startSqsMappings({ model, invoker, endpoints, concurrencyMax: options.workers, log, grants }));
  clock.onNextDue(async () => {
    await Promise.all([invoker.idle(idleMsMax), states.settled(idleMsMax)]);
    return undefined;
  });
  states.start();
  await clock.start();
  log.info('stack', `serves ${urls.api}`);
}

/** The payment gateways of this machine, which sign with what the template's secrets say. */
function startSandboxOf({ urls, state, clock, model, log }: Ground, secrets: Secrets): Promise<Sandbox> {
  const keyOf = (name: string): string => secrets.value(model.outputs[`${name}Secret`] ?? '');
  const webhook = (channel: string): string => `${urls.api}/api/webhooks/${channel}`;
  return startSandbox({
    port: Number(new URL(urls.sandbox).port),
    database: state.database,
    clock,
    log,
    keys: {
      midtransServerKey: keyOf('MidtransServerKey'),
      irisCreatorKey: keyOf('IrisCreatorKey'),
      irisApproverKey: keyOf('IrisApproverKey'),
      irisMerchantKey: keyOf('IrisMerchantKey'),
      xenditSecretKey: keyOf('XenditSecretKey'),
      xenditCallbackToken: keyOf('XenditCallbackToken'),
    },
    webhooks: {
      midtransUrl: webhook('midtrans'),
      irisUrl: webhook('iris'),
      xenditUrl: webhook('xendit'),
      xenditPayoutUrl: webhook('xendit-payouts'),
    },
  });
}

/** Every distribution of the template on its own port. */
async function startSites(
  { urls, model, access, clock, log, opened }: Ground,
  { secrets, ...upstream }: { readonly secrets: Secrets; readonly s3Url: string; readonly apiUrl: string },
): Promise<void> {
  const secretValue = (secretId: string): string => secrets.value(secretId);
  for (const { logicalId, physicalName } of model.ofType('AWS::CloudFront::Distribution')) {
    const port = Number(new URL(urlOfDistribution(urls, physicalName)).port);
    opened.push(await startCdn({ ...upstream, model, access, clock, log, secretValue, port, distributionLogicalId: logicalId }));
  }
}
