import { describe, expect, it } from 'vitest';
import { type Send, uploadBytesMax, uploadQueue } from '../../../web/backoffice/src/logs/uploads.ts';

describe('uploads', () => {
  it('go two at a time, and tell how far they are', async () => {
    const { queue, jobs, states } = queueOf('a.log', 'b.log', 'c.log');
    expect(states()).toEqual(['sending', 'sending', 'waiting']);
    jobs[0]?.progressed(5);
    expect(queue.current()[0]?.bytesSent).toBe(5);
    jobs[0]?.settle.resolve();
    await settled();
    expect(states()).toEqual(['sent', 'sending', 'sending']);
  });

  it('that failed or were cancelled can be tried again', async () => {
    const { queue, jobs, states } = queueOf('a.log', 'b.log');
    queue.cancel(1);
    jobs[1]?.settle.reject(new Error('the line broke'));
    await settled();
    expect(states()).toEqual(['cancelled', 'failed']);
    queue.retry(1);
    expect(states()).toEqual(['sending', 'failed']);
    jobs[2]?.settle.resolve();
    await settled();
    queue.dismiss(2);
    expect(states()).toEqual(['sent']);
  });

  it('that wait are cancelled without having begun', () => {
    const { queue, jobs, states } = queueOf('a.log', 'b.log', 'c.log');
    queue.cancel(3);
    expect([states(), jobs.length]).toEqual([['sending', 'sending', 'cancelled'], 2]);
  });

  it('take no file that one PUT does not', () => {
    const queue = uploadQueue();
    queue.add([{ name: 'huge.log', size: uploadBytesMax + 1 }], () => Promise.reject(new Error('never sent')));
    expect(queue.current()).toMatchObject([{ state: 'too-large' }]);
  });
});

interface Job {
  readonly settle: PromiseWithResolvers<void>;
  readonly progressed: (bytesSent: number) => void;
}

function queueOf(...names: string[]) {
  const queue = uploadQueue();
  const jobs: Job[] = [];
  const send: Send<{ name: string; size: number }> = (_, { stop, progressed }) => {
    const settle = Promise.withResolvers<void>();
    stop.addEventListener('abort', () => settle.reject(new Error('stopped')));
    jobs.push({ settle, progressed });
    return settle.promise;
  };
  queue.add(
    names.map((name) => ({ name, size: 10 })),
    send,
  );
  return { queue, jobs, states: () => queue.current().map(({ state }) => state) };
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
