import { DatabaseSync } from 'node:sqlite';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceUpdateEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { applyCustomResources } from '#infra/local/cdn/custom-resources.ts';
import type { InvokeOutcome } from '#infra/local/ports.ts';
import { applyCustomResource } from '#shared/platform/custom-resource.ts';
import { siteModel } from './cdn-model.ts';

const properties = { ServiceToken: 'arn:publisher', ServiceTimeout: '1', Site: 'backoffice', BucketName: 'pages', ContentHash: 'a' };
const done: InvokeOutcome = { ok: true, payload: null };
const log = { info: () => undefined, warn: () => undefined };

it('creates once, does nothing while the template says the same, and updates when it says something else', async () => {
  const { start, events } = deployment();
  await start(properties);
  await start(properties);
  await start({ ...properties, ContentHash: 'b' });
  expect(events.map(({ RequestType, ResourceProperties }) => [RequestType, ResourceProperties['ContentHash']])).toEqual([
    ['Create', 'a'],
    ['Update', 'b'],
  ]);
  const update = events[1] as CloudFormationCustomResourceUpdateEvent;
  expect([update.PhysicalResourceId, update.OldResourceProperties['ContentHash']]).toEqual(['Published', 'a']);
});

it('fails with the reason the function gives, and asks again at the next start', async () => {
  const { start, events, failWith } = deployment();
  failWith('the site backoffice has no page');
  await expect(start(properties)).rejects.toThrow(/Published .*has no page/);
  failWith(undefined);
  await start(properties);
  expect(events.map(({ RequestType }) => RequestType)).toEqual(['Create', 'Create']);
});

it('fails with the error of a function that does not get as far as an answer', async () => {
  const { start, invoke } = deployment();
  invoke(() => Promise.resolve({ ok: false, reason: 'error', errorType: 'AccessDenied', errorMessage: 's3:PutObject on pages' }));
  await expect(start(properties)).rejects.toThrow(/Published .*AccessDenied: s3:PutObject on pages/);
});

it('waits for an answer no longer than the template says, and takes none that is for another request', async () => {
  const { start, invoke } = deployment();
  invoke(async (event) => {
    const answer = await applyCustomResource(event, () => Promise.resolve());
    const forged = await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({ ...answer, RequestId: 'another' }) });
    expect(forged.status).toBe(403);
    return done;
  });
  await expect(start(properties)).rejects.toThrow(/Published .*within 1 s/);
});

/** Starts of one stack on one data folder. */
function deployment() {
  const database = new DatabaseSync(':memory:');
  const events: CloudFormationCustomResourceEvent[] = [];
  let failure: string | undefined;
  let invoke = async (event: CloudFormationCustomResourceEvent): Promise<InvokeOutcome> => {
    const answer = await applyCustomResource(event, () => (failure === undefined ? Promise.resolve() : Promise.reject(new Error(failure))));
    await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
    return done;
  };
  return {
    events,
    failWith: (reason: string | undefined) => void (failure = reason),
    invoke: (replacement: typeof invoke) => void (invoke = replacement),
    start: (publisher: Record<string, string>) =>
      applyCustomResources({
        model: siteModel({ apiUrl: 'http://127.0.0.1:1', publisher }),
        invoker: {
          invoke: (_arn, event) => {
            events.push(event as CloudFormationCustomResourceEvent);
            return invoke(event as CloudFormationCustomResourceEvent);
          },
        },
        database,
        log,
      }),
  };
}
