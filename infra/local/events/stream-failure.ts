import { randomUUID } from 'node:crypto';

export interface Discarded {
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  /** Whether the function failed, rather than naming records. */
  readonly unhandled: boolean;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  readonly invocations: number;
  /** At least one, in order. */
  readonly records: readonly { readonly sequence: string; readonly createdMs: number }[];
  readonly nowMs: number;
}

/**
 * What Lambda tells a destination about records it gave up: where to find them, not the records.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function failureReport(discarded: Discarded): string {
  const { condition, unhandled, functionArn, invocations, records, nowMs } = discarded;
  const [first, last] = [records[0], records.at(-1)];
  return JSON.stringify({
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: invocations },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(unhandled ? { functionError: 'Unhandled' } : {}) },
    version: '1.0',
    timestamp: new Date(nowMs).toISOString(),
    DDBStreamBatchInfo: {
      shardId: discarded.shardId,
      startSequenceNumber: first?.sequence,
      endSequenceNumber: last?.sequence,
      approximateArrivalOfFirstRecord: seconds(first?.createdMs ?? nowMs),
      approximateArrivalOfLastRecord: seconds(last?.createdMs ?? nowMs),
      batchSize: records.length,
      streamArn: discarded.streamArn,
    },
  });
}

function seconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
