/**
 * What outlives the process, and what happens as time passes.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startS3 } from '#infra/local/s3/server.ts';
import type { S3Notification } from '#infra/local/s3/config.ts';
import { codeOf, eventually, s3World } from './s3-harness.ts';

interface EventRecord {
  readonly eventName: string;
  readonly s3: { readonly object: { readonly key: string; readonly sequencer: string; readonly versionId?: string } };
}
const recordOf = ({ event }: S3Notification) => (event as { Records: [EventRecord] }).Records[0];
const dayMs = 86_400_000;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a crash', () => {
  it('loses no acknowledged write, and sweeps up what was under way', async () => {
    await using world = await s3World();
    const acknowledged: string[] = [];
    const stop = new AbortController();
    const sizeOf = (index: number) => (index % 2 === 0 ? 100 : 20_000);
    const writers = Array.from({ length: 8 }, async (_, lane) => {
      for (let index = 0; !stop.signal.aborted; index++) {
        const Key = `${lane}/${index}`;
        const outcome = await codeOf(
          world.client.send(new PutObjectCommand({ Bucket: 'versioned', Key, Body: Key.padEnd(sizeOf(index)) })),
        );
        if (outcome !== 'no error') return;
        acknowledged.push(Key);
      }
    });
    await eventually(() => acknowledged.length > 100, 20_000);
    await world.crashAndRestart();
    stop.abort();
    await Promise.all(writers);
    const after = new Set<string>();
    let token: string | undefined;
    do {
      const page = await world.client.send(
        new ListObjectsV2Command({ Bucket: 'versioned', ...(token ? { ContinuationToken: token } : {}) }),
      );
      for (const { Key } of page.Contents ?? []) after.add(Key!);
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(acknowledged.filter((key) => !after.has(key))).toEqual([]);
    // As many files as objects large enough to have one: nothing half-written is left.
    const large = [...after].filter((key) => sizeOf(Number(key.split('/')[1])) > 16 * 1024);
    await eventually(() => world.contentFiles().length === large.length);
    const last = acknowledged.at(-1)!;
    const stored = await world.client.send(new GetObjectCommand({ Bucket: 'versioned', Key: last }));
    expect((await stored.Body!.transformToString()).trimEnd()).toBe(last);
  });

  it('leaves an upload in parts where it was', async () => {
    await using world = await s3World();
    const target = { Bucket: 'plain', Key: 'parts' };
    const { UploadId } = await world.client.send(new CreateMultipartUploadCommand(target));
    const bodies = [randomBytes(5 * 1024 * 1024), randomBytes(10)];
    const one = await world.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: bodies[0] }));
    await world.crashAndRestart();
    const two = await world.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 2, Body: bodies[1] }));
    const Parts = [one, two].map(({ ETag }, index) => ({ PartNumber: index + 1, ETag }));
    await world.client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
    await world.crashAndRestart();
    const stored = await world.client.send(new GetObjectCommand(target));
    expect(Buffer.from(await stored.Body!.transformToByteArray()).equals(Buffer.concat(bodies))).toBe(true);
  });

  it('of the stack ends the process that serves it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 's3-test-'));
    const supervisor = spawn(process.execPath, [fileURLToPath(new URL('s3-supervisor.ts', import.meta.url)), directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(supervisor.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    supervisor.kill('SIGKILL');
    await eventually(() => !isAlive(pid));
    rmSync(directory, { recursive: true });
  });

  it('of the process is told to the stack', async () => {
    const reasons: string[] = [];
    await using world = await s3World({ onExit: (reason) => void reasons.push(reason) });
    process.kill(world.server.pid, 'SIGKILL');
    await eventually(() => reasons.length > 0);
    expect(reasons).toEqual(['SIGKILL']);
    await expect(world.server.runLifecycle()).rejects.toThrow('has ended');
  });

  it('is not made worse by a second server: the folder has one owner', async () => {
    await using world = await s3World();
    const options = { dataDirectory: world.directory, port: 0, region: 'x', accountId: '0', buckets: [], principals: [] };
    const log = { info: () => undefined, warn: () => undefined };
    await expect(startS3({ ...options, deliver: async () => undefined, log })).rejects.toThrow(/database is locked/);
  });
});

describe('notifications', () => {
  const buckets = [
    {
      name: 'versioned',
      versioning: 'Enabled' as const,
      notifications: [
        { id: 'logs', targetArn: 'arn:logs', events: ['s3:ObjectCreated:*'], prefix: 'in/', suffix: '.log' },
        { id: 'all', targetArn: 'arn:all', events: ['s3:ObjectCreated:Put', 's3:ObjectRemoved:*', 's3:ObjectTagging:Delete'] },
      ],
    },
  ];

  it('go to whom the rules say, in the shape S3 gives them', async () => {
    await using world = await s3World({ buckets });
    const target = { Bucket: 'versioned', Key: 'in/a b+ü.log' };
    const { VersionId } = await world.client.send(new PutObjectCommand({ ...target, Body: 'hello', Tagging: 'a=b' }));
    await world.client.send(new DeleteObjectTaggingCommand(target));
    const marker = await world.client.send(new DeleteObjectCommand(target));
    await world.client.send(new DeleteObjectCommand({ ...target, VersionId: marker.VersionId }));
    await world.client.send(new PutObjectCommand({ ...target, Key: 'out/a.log', Body: 'x' }));
    const { UploadId } = await world.client.send(new CreateMultipartUploadCommand({ ...target, Key: 'in/parts.log' }));
    await world.client.send(new AbortMultipartUploadCommand({ ...target, Key: 'in/parts.log', UploadId }));
    await eventually(() => world.events.length === 6);
    const seen = world.events.map((notification) => {
      const { eventName, s3 } = recordOf(notification);
      return `${notification.targetArn} ${eventName} ${s3.object.key} ${s3.object.versionId === VersionId}`;
    });
    expect(seen.toSorted()).toEqual([
      'arn:all ObjectCreated:Put in/a+b%2B%C3%BC.log true',
      'arn:all ObjectCreated:Put out/a.log false',
      'arn:all ObjectRemoved:Delete in/a+b%2B%C3%BC.log false',
      'arn:all ObjectRemoved:DeleteMarkerCreated in/a+b%2B%C3%BC.log false',
      'arn:all ObjectTagging:Delete in/a+b%2B%C3%BC.log true',
      'arn:logs ObjectCreated:Put in/a+b%2B%C3%BC.log true',
    ]);
    const created = world.events.find(({ targetArn }) => targetArn === 'arn:logs')!;
    expect(created.event).toEqual({
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'ap-southeast-3',
          eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: 'AWS:operator' },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          responseElements: { 'x-amz-request-id': expect.any(String) as string, 'x-amz-id-2': expect.any(String) as string },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'logs',
            bucket: { name: 'versioned', ownerIdentity: { principalId: '123456789012' }, arn: 'arn:aws:s3:::versioned' },
            object: {
              key: 'in/a+b%2B%C3%BC.log',
              size: 5,
              eTag: '5d41402abc4b2a76b9719d911017c592',
              versionId: VersionId,
              sequencer: expect.stringMatching(/^[\dA-F]{18}$/) as string,
            },
          },
        },
      ],
    });
  });

  it('come again until delivered, over a crash too, and later events have later sequencers', async () => {
    const attempts: string[] = [];
    let works = false;
    await using world = await s3World({
      buckets,
      deliver: async (notification) => {
        attempts.push(recordOf(notification).s3.object.key);
        if (!works) throw new Error('the target is not there yet');
        world.events.push(notification);
      },
    });
    for (const Key of ['1', '2', '3']) await world.client.send(new PutObjectCommand({ Bucket: 'versioned', Key, Body: 'x' }));
    await eventually(() => attempts.length >= 6);
    await world.crashAndRestart();
    works = true;
    await eventually(() => new Set(world.events.map((event) => recordOf(event).s3.object.key)).size === 3);
    const sequencers = world.events.map((event) => recordOf(event).s3.object).toSorted((left, right) => (left.key < right.key ? -1 : 1));
    expect(sequencers.map(({ sequencer }) => sequencer)).toEqual(sequencers.map(({ sequencer }) => sequencer).toSorted());
    // What the process answers after it has heard of the deliveries, which come before on the same channel.
    await world.server.setClockOffset(0);
    const delivered = attempts.length;
    await world.crashAndRestart();
    await world.client.send(new PutObjectCommand({ Bucket: 'versioned', Key: '4', Body: 'x' }));
    await eventually(() => attempts.includes('4'));
    expect(attempts.length).toBe(delivered + 1);
  });
});

describe('lifecycle rules', () => {
  it('expire objects, versions, lone markers and forgotten uploads on the stack’s clock', async () => {
    const lifecycle = [
      { id: 'tmp', enabled: true, prefix: 'tmp/', expirationDays: 1 },
      { id: 'tagged', enabled: true, expirationDays: 1, tags: { keep: 'no' } },
      { id: 'old', enabled: true, noncurrentDays: 7, newerNoncurrentVersions: 1, expiredObjectDeleteMarker: true },
      { id: 'uploads', enabled: true, abortIncompleteMultipartDays: 3 },
      { id: 'off', enabled: false, expirationDays: 1 },
    ];
    const notifications = [{ id: 'n', targetArn: 'arn:n', events: ['s3:LifecycleExpiration:*'] }];
    await using world = await s3World({
      buckets: [
        { name: 'plain', lifecycle, notifications },
        { name: 'versioned', versioning: 'Enabled', lifecycle },
      ],
    });
    const { client, server } = world;
    const put = (Bucket: string, Key: string, more = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: Key, ...more }));
    await put('plain', 'tmp/a');
    await put('plain', 'kept');
    await put('plain', 'tagged', { Tagging: 'keep=no' });
    for (let version = 0; version < 4; version++) await put('versioned', 'k');
    await put('versioned', 'tmp/v');
    await client.send(new CreateMultipartUploadCommand({ Bucket: 'plain', Key: 'never finished' }));

    expect(await server.runLifecycle()).toEqual({ expired: 0, removedVersions: 0, removedMarkers: 0, abortedUploads: 0 });
    await server.setClockOffset(2 * dayMs);
    expect(await server.runLifecycle()).toMatchObject({ expired: 3, removedVersions: 0 });
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: 'plain' }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['kept']);
    expect(await codeOf(client.send(new GetObjectCommand({ Bucket: 'versioned', Key: 'tmp/v' })))).toBe('NoSuchKey');
    await eventually(() => world.events.length === 2);
    expect(world.events.map((event) => recordOf(event).eventName)).toEqual(['LifecycleExpiration:Delete', 'LifecycleExpiration:Delete']);

    await server.setClockOffset(12 * dayMs);
    expect(await server.runLifecycle()).toEqual({ expired: 0, removedVersions: 2, removedMarkers: 0, abortedUploads: 1 });
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket: 'plain' }))).Uploads).toBeUndefined();
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket: 'versioned', Prefix: 'k' }));
    expect(Versions?.map(({ IsLatest }) => IsLatest)).toEqual([true, false]);
    const hidden = await client.send(new ListObjectVersionsCommand({ Bucket: 'versioned', Prefix: 'tmp/' }));
    await client.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: 'tmp/v', VersionId: hidden.Versions![0]!.VersionId }));
    expect(await server.runLifecycle()).toMatchObject({ removedMarkers: 1 });
  });
});
