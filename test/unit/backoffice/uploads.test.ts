import { describe, expect, it } from 'vitest';
import { DuplicateUpload, type Send, uploadBytesMax, uploadQueue } from '../../../web/backoffice/src/logs/uploads/uploads.ts';
import { uploadMemory } from '../../../web/backoffice/src/logs/uploads/upload-memory.ts';

describe('uploads', () => {
  it('go two at a time, and tell how far they are', async () => {
    const { queue, jobs, states } = queueOf('a.log', 'b.log', 'c.log');
    expect(states()).toEqual(['sending', 'sending', 'waiting']);
    jobs[0]?.progressed(5);
    expect(queue.current()[0]?.bytesDone).toBe(5);
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

  it('show how much of a file has been checked, and those that were sent before, which are sent again when one says so', async () => {
    const { queue, jobs, states } = queueOf('a.log');
    jobs[0]?.checked(7);
    expect(queue.current()[0]).toMatchObject({ state: 'checking', bytesDone: 7 });
    jobs[0]?.settle.reject(new DuplicateUpload());
    await settled();
    expect([states(), jobs[0]?.again]).toEqual([['duplicate'], false]);
    queue.sendAgain(1);
    expect([states(), jobs[1]?.again]).toEqual([['sending'], true]);
  });

  it('take no file that S3 does not', () => {
    const queue = uploadQueue();
    queue.add([{ name: 'huge.log', size: uploadBytesMax + 1 }], () => Promise.reject(new Error('never sent')));
    expect(queue.current()).toMatchObject([{ state: 'too-large' }]);
  });
});

describe('uploads that were begun', () => {
  const nowMs = Date.UTC(2026, 10, 21);
  const storage = (stored: string | null = null) => {
    let kept = stored;
    return { getItem: () => kept, setItem: (_: string, text: string) => void (kept = text) };
  };
  const upload = { key: 'k', uploadId: 'u1', name: 'a.log', bytes: 9, hash: 'h', begunAtMs: nowMs };

  it('are found again by name, size and content after a reload, until they end', () => {
    const kept = storage();
    uploadMemory(kept, () => nowMs).keep(upload);
    const later = uploadMemory(kept, () => nowMs + 1);
    expect(later.find(upload)).toEqual(upload);
    expect(later.find({ ...upload, hash: 'other' })).toBeUndefined();
    later.forget('u1');
    expect(uploadMemory(kept, () => nowMs).all()).toEqual([]);
  });

  it('are forgotten when the bucket has cleared them, and whatever else stands there is nothing', () => {
    const week = 7 * 86_400_000;
    expect(uploadMemory(storage(JSON.stringify([upload])), () => nowMs + week).all()).toEqual([]);
    expect(uploadMemory(storage('{"a":1}'), () => nowMs).all()).toEqual([]);
    expect(uploadMemory(storage('[null,{"key":1}]'), () => nowMs).all()).toEqual([]);
    expect(uploadMemory(storage('nonsense'), () => nowMs).all()).toEqual([]);
  });
});

interface Job {
  readonly settle: PromiseWithResolvers<void>;
  readonly progressed: (bytes: number) => void;
  readonly checked: (bytes: number) => void;
  readonly again: boolean;
}

function queueOf(...names: string[]) {
  const queue = uploadQueue();
  const jobs: Job[] = [];
  const send: Send<{ name: string; size: number }> = (_, { stop, progressed, checked, again }) => {
    const settle = Promise.withResolvers<void>();
    stop.addEventListener('abort', () => settle.reject(new Error('stopped')));
    jobs.push({ settle, progressed, checked, again });
    return settle.promise;
  };
  queue.add(
    names.map((name) => ({ name, size: 10 })),
    send,
  );
  return { queue, jobs, states: () => queue.current().map(({ state }) => state) };
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
