import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sampleRecord } from '#test/fakes/log-samples.ts';
import { limits } from '#shared/logs/limits.ts';
import { recordWriter } from '#shared/logs/record-writer.ts';

const records = (count: number, from = 0) => Array.from({ length: count }, (_, index) => sampleRecord({ offset: from + index }));

describe('the record writer', () => {
  it('writes every record once, in batches of bounded size, a bounded number at a time', async () => {
    const written: number[] = [];
    let [inFlight, mostInFlight] = [0, 0];
    const writer = recordWriter(async (batch) => {
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      expect(batch.length).toBeLessThanOrEqual(limits.recordsPerWrite);
      await sleep(1);
      written.push(...batch.map(({ offset }) => offset));
      inFlight -= 1;
    });
    await writer.push(records(1));
    await writer.push(records(2_000, 1));
    await writer.push([]);
    await writer.flush();
    expect(written.toSorted((a, b) => a - b)).toEqual(records(2_001).map(({ offset }) => offset));
    expect(mostInFlight).toBe(limits.writesInFlight);
  });

  it('stops the scan when a write fails, and never calls it written', async () => {
    let calls = 0;
    const writer = recordWriter(async () => {
      calls += 1;
      if (calls === 2) throw new Error('the table is gone');
    });
    await expect(writer.push(records(5_000))).rejects.toThrow('the table is gone');
    expect(calls).toBeLessThan(10);
    await expect(writer.flush()).rejects.toThrow('the table is gone');
  });

  it('tells of a failure of the very last batch', async () => {
    const writer = recordWriter(() => Promise.reject(new Error('no')));
    await writer.push(records(1));
    await expect(writer.flush()).rejects.toThrow('no');
  });
});
