import type { DurableClock } from '../clock/clock.ts';
import type { LocalAccess } from '../iam/access.ts';
import type { StackLog, StackModel } from '../ports.ts';
import type { S3Notification } from './config.ts';
import { type S3Server, startS3 } from './server.ts';
import { bucketsOf } from './template-buckets.ts';

export interface StackBucketsOptions {
  readonly model: StackModel;
  readonly access: LocalAccess;
  readonly clock: DurableClock;
  readonly log: StackLog;
  readonly dataDirectory: string;
  readonly port: number;
  /** Takes what a bucket tells of its objects to whom the template names. */
  readonly deliver: (notification: S3Notification) => Promise<void>;
}

/** S3 with the buckets of the template, on the stack's clock. When its process dies, so does the stack: whoever writes must not go on without it. */
export async function startStackBuckets(options: StackBucketsOptions): Promise<S3Server> {
  const { model, access, clock, log, dataDirectory, port, deliver } = options;
  const buckets = bucketsOf(model, (bucket, targetArn) =>
    access.mayService('s3.amazonaws.com', {
      action: targetArn.includes(':function:') ? 'lambda:InvokeFunction' : 'sqs:SendMessage',
      resource: targetArn,
      context: { 'aws:SourceAccount': [model.accountId], 'aws:SourceArn': [bucket.arn] },
    }),
  );
  const s3 = await startS3({
    dataDirectory,
    port,
    region: model.region,
    accountId: model.accountId,
    buckets,
    principals: access.principals,
    clockOffsetMs: clock.offsetMs,
    deliver,
    log,
    onExit: (reason) => {
      log.warn('stack', `the local S3 is gone (${reason}), so the stack stops: start it again`);
      process.kill(process.pid, 'SIGTERM');
    },
  });
  clock.onShift((offsetMs) => s3.setClockOffset(offsetMs));
  runLifecycleDaily(s3, clock);
  return s3;
}

const dayMs = 24 * 3600 * 1000;

/** Expires objects as S3 does, at midnight of the stack's time. */
function runLifecycleDaily(s3: S3Server, clock: DurableClock): void {
  const kind = 's3.lifecycle';
  const arm = (afterMs: number): void =>
    clock.schedule({ id: kind, kind, dueAtMs: (Math.floor(afterMs / dayMs) + 1) * dayMs, payload: null });
  clock.handle(kind, async ({ dueAtMs }) => {
    await s3.runLifecycle();
    arm(dueAtMs);
  });
  arm(clock.now());
}
