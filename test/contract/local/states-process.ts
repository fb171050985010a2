/**
 * A process that may be killed: runs a state machine on the database file it is given and prints what its function is asked for.
 * Usage: states-process.ts FILE [start]
 */
import { openClock } from '#infra/local/clock/clock.ts';
import { openDurable } from '#infra/local/state-database.ts';
import { openStates } from '#infra/local/states/states.ts';
import { modelOf } from '#test/fakes/stack-model.ts';

const [file = '', command] = process.argv.slice(2);
const database = openDurable(file);
const log = { info: () => undefined, warn: (_room: string, message: string) => void process.stderr.write(`${message}\n`) };
const clock = openClock({ database, log });
const step = 'arn:aws:lambda:ap-southeast-3:000000000000:function:step';
const machine = 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:machine';

const task = (name: string, next: object) => ({
  Type: 'Task',
  Resource: step,
  Parameters: { step: name, 'item.$': '$', 'id.$': 'States.UUID()' },
  ResultPath: null,
  ...next,
});
const definition = {
  StartAt: 'Before',
  States: {
    Before: task('before', { Next: 'Pause' }),
    Pause: { Type: 'Wait', Seconds: 2, Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: 'Item', States: { Item: task('item', { End: true }) } },
      ResultPath: null,
      Next: 'After',
    },
    After: task('after', { End: true }),
  },
};

const states = openStates({
  database,
  clock,
  log,
  model: modelOf({
    step: { type: 'AWS::Lambda::Function' },
    Machine: {
      type: 'AWS::StepFunctions::StateMachine',
      arn: machine,
      physicalName: 'machine',
      properties: { RoleArn: 'role', DefinitionString: JSON.stringify(definition) },
    },
  }),
  invoker: {
    invoke: async (_arn, event) => {
      const { step: name, item, id } = event as { step: string; item: unknown; id: string };
      const label = `${name}${name === 'item' ? ` ${String(item)}` : ''}`;
      process.stdout.write(`begin ${label} ${id}\n`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      process.stdout.write(`end ${label}\n`);
      return { ok: true, payload: null };
    },
  },
  call: async () => ({ ok: false, error: 'Unexpected', message: 'no service is called here' }),
  mayInvoke: () => true,
});
await clock.start();
states.start();
if (command === 'start') await states.handle('StartExecution', { stateMachineArn: machine, name: 'run', input: '{"items":[1,2,3]}' });
process.stdout.write('started\n');

const executionArn = machine.replace('stateMachine', 'execution').concat(':run');
for (;;) {
  const { status } = (await states.handle('DescribeExecution', { executionArn })) as { status: string };
  if (status !== 'RUNNING') {
    process.stdout.write(`${status}\n`);
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
}
