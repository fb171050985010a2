/** A supervisor to kill: writes note after note and prints each number once its write has been acknowledged. */
import { startDynamodb } from '#infra/local/dynamodb/engine.ts';
import { modelOf } from '#test/fakes/stack-model.ts';
import { notesTable } from './dynamodb-notes.ts';

const [, , directory = ''] = process.argv;
const dynamodb = await startDynamodb({
  directory,
  model: modelOf({ Notes: notesTable() }),
  clock: {
    now: () => Date.now(),
    offsetMs: 0,
    schedule: () => {},
    cancel: () => {},
    handle: () => {},
    onShift: () => {},
    onNextDue: () => {},
    advance: () => Promise.resolve(),
  },
  log: { info: () => {}, warn: () => {} },
});
for (let number = 1; number <= 10_000; number++) {
  await dynamodb.call('PutItem', { TableName: 'notes', Item: { pk: { S: String(number) }, sk: { S: 's' } } });
  process.stdout.write(`${number}\n`);
}
