/**
 * Does for the template's custom resources what CloudFormation does in a deployment: invokes their functions with `Create` the first
 * time, with `Update` when their properties have changed since, and waits for the answer. So the pages of a site get into its bucket
 * here by the code and the grants that put them there on AWS.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { listenOnLoopback } from '../gateway/loopback-server.ts';
import { refusal } from '../template/properties.ts';
import type { Invoker, Resource, StackLog, StackModel } from '../ports.ts';

export interface CustomResourceOptions {
  readonly model: StackModel;
  readonly invoker: Invoker;
  /** The stack's own: remembers what was applied, so that a start without changes invokes nothing. */
  readonly database: DatabaseSync;
  readonly log: StackLog;
}

/** Types whose functions run; a type that another room does the work of is not among them. */
const types = ['Custom::PublishedSite'];

const Properties = z.looseObject({ ServiceToken: z.string(), ServiceTimeout: z.coerce.number().int().min(1).max(3600).default(3600) });

const Answer = z.object({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.string().optional(),
  PhysicalResourceId: z.string().min(1),
  RequestId: z.string(),
});
type Answer = z.infer<typeof Answer>;

/** Resolves when all of them are as the template wants them. Rejects with the logical id and the reason when one fails, as a deployment would. */
export async function applyCustomResources(options: CustomResourceOptions): Promise<void> {
  const { model, database, log } = options;
  const applied = appliedResources(database);
  const changed = types
    .flatMap((type) => model.ofType(type))
    .filter((resource) => applied.get(resource.logicalId)?.properties !== JSON.stringify(resource.properties));
  if (changed.length === 0) return;
  const answers = await listenForAnswers();
  try {
    for (const resource of changed) {
      const before = applied.get(resource.logicalId);
      const physicalId = await apply(resource, before, { ...options, answers });
      applied.set(resource.logicalId, { physicalId, properties: JSON.stringify(resource.properties) });
      log.info('deploy', `${resource.logicalId} ${before === undefined ? 'created' : 'updated'}`);
    }
  } finally {
    answers.close();
  }
}

interface Applied {
  readonly physicalId: string;
  /** As JSON. */
  readonly properties: string;
}

function appliedResources(database: DatabaseSync) {
  database.exec(
    'CREATE TABLE IF NOT EXISTS custom_resources (logical_id TEXT PRIMARY KEY, physical_id TEXT NOT NULL, properties TEXT NOT NULL) STRICT',
  );
  const read = database.prepare('SELECT physical_id AS physicalId, properties FROM custom_resources WHERE logical_id = ?');
  const write = database.prepare('INSERT OR REPLACE INTO custom_resources VALUES (?, ?, ?)');
  return {
    get: (logicalId: string) => read.get(logicalId) as Applied | undefined,
    set: (logicalId: string, { physicalId, properties }: Applied) => void write.run(logicalId, physicalId, properties),
  };
}

interface Answers {
  /** Where a function answers a request. */
  url(requestId: string): string;
  /** Undefined when no answer comes in time. */
  answerTo(requestId: string, waitMsMax: number): Promise<Answer | undefined>;
  close(): void;
}

async function apply(
  resource: Resource,
  before: Applied | undefined,
  { model, invoker, answers }: CustomResourceOptions & { readonly answers: Answers },
): Promise<string> {
  const { ServiceToken, ServiceTimeout } = Properties.parse(resource.properties);
  const requestId = randomUUID();
  const answer = answers.answerTo(requestId, ServiceTimeout * 1000);
  const outcome = invoker.invoke(ServiceToken, {
    RequestType: before === undefined ? 'Create' : 'Update',
    ResponseURL: answers.url(requestId),
    StackId: `arn:aws:cloudformation:${model.region}:${model.accountId}:stack/${model.stackName}/local`,
    RequestId: requestId,
    LogicalResourceId: resource.logicalId,
    ResourceType: resource.type,
    ServiceToken,
    ResourceProperties: resource.properties,
    ...(before && { PhysicalResourceId: before.physicalId, OldResourceProperties: JSON.parse(before.properties) as unknown }),
  });
  // A function that fails does not answer: its failure comes first and is the better message.
  const failed = outcome.then((result) =>
    result.ok ? answer : Promise.reject(refusal(resource, `${result.errorType}: ${result.errorMessage}`)),
  );
  const answered = await Promise.race([answer, failed]);
  if (answered === undefined) throw refusal(resource, `its function did not answer within ${ServiceTimeout} s`);
  if (answered.Status === 'FAILED') throw refusal(resource, answered.Reason ?? 'its function gave no reason');
  return answered.PhysicalResourceId;
}

async function listenForAnswers(): Promise<Answers> {
  const waiting = new Map<string, (answer: Answer) => void>();
  const server = createServer((request, response) => void take(request, response, waiting));
  const port = await listenOnLoopback(server, 0);
  return {
    url: (requestId) => `http://127.0.0.1:${port}/${requestId}`,
    answerTo: (requestId, waitMsMax) =>
      new Promise((resolve) => {
        const late = setTimeout(() => resolve(undefined), waitMsMax).unref();
        waiting.set(requestId, (answer) => {
          clearTimeout(late);
          resolve(answer);
        });
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function take(request: IncomingMessage, response: ServerResponse, waiting: Map<string, (answer: Answer) => void>): Promise<void> {
  const requestId = request.url?.slice(1) ?? '';
  const tell = waiting.get(requestId);
  const answer = Answer.safeParse(jsonOf(await text(request)));
  const accepted = request.method === 'PUT' && tell !== undefined && answer.success && answer.data.RequestId === requestId;
  response.writeHead(accepted ? 200 : 403).end();
  if (!accepted) return;
  waiting.delete(requestId);
  tell(answer.data);
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
