import { describe, expect, it } from 'vitest';
import { createdObjects, planMessage } from '#shared/logs/scan-messages.ts';

const notification = (object: object, eventName = 'ObjectCreated:Put') => ({
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'ap-southeast-1',
      eventTime: '2026-11-21T09:00:00.123Z',
      eventName,
      s3: { s3SchemaVersion: '1.0', bucket: { name: 'logs', arn: 'arn:aws:s3:::logs' }, object },
    },
  ],
});

function parse(message: unknown) {
  const parsed = planMessage.parse(message);
  return 'Records' in parsed ? createdObjects(parsed) : parsed;
}

describe('a message to plan-file', () => {
  it('is an object version that was created, its key decoded', () => {
    expect(parse(notification({ key: 'app/a+b%2Bc+%C3%A9%3F.log', size: 3, eTag: 'e1', versionId: 'v1', sequencer: '00' }))).toEqual([
      {
        object: { bucket: 'logs', key: 'app/a b+c é?.log', versionId: 'v1', eTag: 'e1' },
        uploadedAtMs: Date.UTC(2026, 10, 21, 9, 0, 0, 123),
      },
    ]);
  });

  it('is an object without version in a bucket that keeps none', () => {
    expect(parse(notification({ key: 'a', eTag: 'e1' }))).toMatchObject([{ object: { versionId: null } }]);
  });

  it('is nothing to plan when something else happened to an object', () => {
    expect(parse(notification({ key: 'a', eTag: 'e1' }, 'ObjectRemoved:Delete'))).toEqual([]);
  });

  it('is a plan to go on with', () => {
    expect(parse({ continue: 'log_1' })).toEqual({ continue: 'log_1' });
  });

  it('is the test that S3 sends when notifications are set up', () => {
    expect(parse({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'logs' })).toEqual({ Event: 's3:TestEvent' });
  });

  it('is refused when it is anything else', () => {
    for (const message of [{}, { Records: [{}] }, { Event: 'other' }, null]) expect(planMessage.safeParse(message).success).toBe(false);
  });
});
