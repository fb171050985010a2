/** A supervisor to kill: writes note after note and prints each number once its write has been acknowledged. */
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '#infra/local/dynamodb/engine.ts';
import { stackModel } from '#test/fakes/stack-model.ts';

const properties = {
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};
const room = await startDynamoDb({
  model: stackModel([{ logicalId: 'Notes', type: 'AWS::DynamoDB::GlobalTable', physicalName: 'notes', properties }]),
  dataDirectory: process.argv[2] ?? '',
  clock: { now: () => Date.now(), onShift: () => {} },
  log: { info: () => {}, warn: () => {} },
});
process.stdout.write(`engine ${room.pid}\n`);
const client = new DynamoDBClient({ endpoint: room.url, region: 'local', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
for (let number = 1; number <= 10_000; number += 1) {
  await client.send(new PutItemCommand({ TableName: 'notes', Item: { pk: { S: String(number).padStart(5, '0') }, sk: { S: 's' } } }));
  process.stdout.write(`${number}\n`);
}
