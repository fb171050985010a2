/**
 * Members as their sign-ups leave them, without the sign-ups: many of those take longer than what is looked at.
 */
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { operator } from '#infra/local/operator.ts';
import { runningStack } from '#infra/local/running.ts';
import { memberItem } from '#shared/identity/dynamodb-member-item.ts';
import { sampleMember } from '#test/fakes/identity-samples.ts';
import type { RunningStack } from './local-stack.ts';

export async function putMembers({ gateway, dataDirectory }: RunningStack, ids: readonly string[]): Promise<void> {
  const client = DynamoDBDocument.from(new DynamoDB({ endpoint: gateway, region: 'ap-southeast-3', credentials: operator }));
  const TableName = runningStack(dataDirectory)?.outputs['IdentityTable'] ?? '';
  await Promise.all(ids.map((id) => client.put({ TableName, Item: memberItem(sampleMember({ id })) })));
  client.destroy();
}
