import { ConditionalCheckFailedException, DynamoDBClient, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { unlessRefused } from '#shared/identity/engine/dynamodb-auth-writes.ts';

const conflict = new TransactionConflictException({ message: 'a transaction is at it', $metadata: {} });
const refused = new ConditionalCheckFailedException({ message: 'the condition does not hold', $metadata: {} });
const table = {
  client: DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'ap-southeast-3' })),
  name: 'identity',
  chance: { fraction: () => 0, bytes: (count: number) => new Uint8Array(count) },
};

/** Answers or throws one after the other; the last one again and again. */
function answering(...outcomes: (Error | string)[]) {
  let sent = 0;
  const send = async () => {
    const outcome = outcomes[Math.min(sent, outcomes.length - 1)];
    sent += 1;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  return { send, sent: () => sent };
}

describe('a single write', () => {
  it('is made again while a transaction is at its item', async () => {
    const { send, sent } = answering(conflict, conflict, 'written');
    expect(await unlessRefused(table, send)).toBe('written');
    expect(sent()).toBe(3);
  });

  it('is not made when its condition does not hold, also behind a transaction', async () => {
    expect(await unlessRefused(table, answering(conflict, refused).send)).toBeUndefined();
  });

  it('fails in the end', async () => {
    const { send, sent } = answering(conflict);
    await expect(unlessRefused(table, send)).rejects.toBe(conflict);
    expect(sent()).toBe(6);
  });
});
