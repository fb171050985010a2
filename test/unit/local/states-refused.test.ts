import { afterEach, describe, expect, it } from 'vitest';
import { closeWorlds, machineArn, single, workArn, world, task } from './states-world.ts';

afterEach(closeWorlds);

describe('a definition is refused, with its state and field, when', () => {
  const definition = (state: object, more: object = {}) => ({ ...single(state), ...more });
  const pass = { Type: 'Pass' };

  it.each<[string, object, RegExp]>([
    ['it is in JSONata', definition(pass, { QueryLanguage: 'JSONata' }), /QueryLanguage/],
    ['a state is in JSONata', definition({ ...pass, QueryLanguage: 'JSONata' }), /S\.QueryLanguage/],
    ['a state assigns variables', definition({ ...pass, Assign: { x: 1 } }), /S\.Assign: is not supported/],
    ['a path uses a variable', definition({ ...pass, InputPath: '$x.y' }), /S\.InputPath.*variables are not supported/],
    [
      'a task waits for a token',
      definition({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: {} }),
      /S\.Resource.*waitForTaskToken is not supported/,
    ],
    [
      'a task starts another execution',
      definition({ Type: 'Task', Resource: 'arn:aws:states:::states:startExecution', Parameters: {} }),
      /S\.Resource/,
    ],
    ['a task runs an activity', definition({ Type: 'Task', Resource: 'arn:aws:states:r:000000000000:activity:a' }), /S\.Resource/],
    ['a task names a version', definition({ Type: 'Task', Resource: `${workArn}:7` }), /S\.Resource/],
    ['a task has a heartbeat', definition({ ...task, HeartbeatSeconds: 5 }), /S\.HeartbeatSeconds: is not supported/],
    ['a task has credentials', definition({ ...task, Credentials: {} }), /S\.Credentials/],
    [
      'a map is distributed',
      definition({
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'I',
          States: { I: { ...pass, End: true } },
        },
      }),
      /S\.ItemProcessor\.ProcessorConfig/,
    ],
    [
      'a map reads items',
      definition({ Type: 'Map', ItemReader: {}, ItemProcessor: { StartAt: 'I', States: { I: { ...pass, End: true } } } }),
      /S\.ItemReader/,
    ],
    [
      'a map tolerates failures',
      definition({ Type: 'Map', ToleratedFailureCount: 1, ItemProcessor: { StartAt: 'I', States: { I: { ...pass, End: true } } } }),
      /S\.ToleratedFailureCount/,
    ],
    ['a field is misspelt', definition({ ...pass, Resultpath: '$' }), /S\.Resultpath: is not supported/],
    ['a type is unknown', definition({ Type: 'Sleep' }), /S\.Type: no state type "Sleep"/],
    ['a next state is missing', definition({ ...pass, End: undefined, Next: 'X' }), /S: no state X/],
    ['a state has no way on', definition({ ...pass, End: undefined }), /S: has either Next or/],
    ['a state has two ways on', definition({ ...pass, Next: 'S' }), /S: has either Next or/],
    [
      'a state is never reached',
      { StartAt: 'S', States: { S: { ...pass, End: true }, X: { ...pass, End: true } } },
      /X: no other state leads to it/,
    ],
    ['the first state is missing', { StartAt: 'X', States: { S: { ...pass, End: true } } }, /StartAt: no state X/],
    ['two states share a name', definition({ Type: 'Parallel', Branches: [single(pass)] }), /S: another state has the same name/],
    ['a wait has no end', definition({ Type: 'Wait' }), /S: has one of Seconds/],
    ['a wait has two', definition({ Type: 'Wait', Seconds: 1, Timestamp: '2027-01-01T00:00:00Z' }), /S: has one of Seconds/],
    ['a timestamp is none', definition({ Type: 'Wait', Timestamp: '2027-02-30T00:00:00Z' }), /S\.Timestamp/],
    ['a template path is none', definition({ ...pass, Parameters: { a: [{ 'b.$': 'x.y' }] } }), /S\.Parameters\.a\[0\]\.b\.\$/],
    ['a template path is no text', definition({ ...pass, Parameters: { 'b.$': 1 } }), /S\.Parameters\.b\.\$/],
    ['a template gives a field twice', definition({ ...pass, Parameters: { b: 1, 'b.$': '$.x' } }), /S\.Parameters: b is given twice/],
    ['an intrinsic function is unknown', definition({ ...pass, Parameters: { 'b.$': 'States.Magic()' } }), /States\.Magic is no intrinsic/],
    [
      'an intrinsic function gets too many arguments',
      definition({ ...pass, Parameters: { 'b.$': 'States.UUID(1)' } }),
      /takes 0 arguments/,
    ],
    [
      'intrinsic functions nest too deep',
      definition({ ...pass, Parameters: { 'b.$': `${'States.Array('.repeat(11)}1${')'.repeat(11)}` } }),
      /10 deep/,
    ],
    ['a result path is no reference', definition({ ...pass, ResultPath: '$.a[*]' }), /S\.ResultPath/],
    ['States.ALL is not alone', definition({ ...task, Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] }), /S\.Retry\[0\]\.ErrorEquals/],
    [
      'States.ALL is not last',
      definition({ ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] }),
      /S\.Retry\[0\]\.ErrorEquals/,
    ],
    [
      'a retrier never backs off enough',
      definition({ ...task, Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] }),
      /S\.Retry\[0\]\.MaxDelaySeconds/,
    ],
    ['a back-off shrinks', definition({ ...task, Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] }), /S\.Retry\[0\]\.BackoffRate/],
    [
      'a choice operator is unknown',
      { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Variable: '$.x', Like: 'y', Next: 'E' }] }, E: { Type: 'Succeed' } } },
      /C\.Choices\[0\]\.Like: no such operator/,
    ],
    [
      'a choice compares with the wrong type',
      {
        StartAt: 'C',
        States: { C: { Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: '5', Next: 'E' }] }, E: { Type: 'Succeed' } },
      },
      /C\.Choices\[0\]\.NumericEquals: takes a number/,
    ],
    [
      'an inner rule names a state',
      {
        StartAt: 'C',
        States: {
          C: { Type: 'Choice', Choices: [{ Not: { Variable: '$.x', IsNull: true, Next: 'E' }, Next: 'E' }] },
          E: { Type: 'Succeed' },
        },
      },
      /C\.Choices\[0\]\.Not\.Next/,
    ],
  ])('%s', async (_name, given, reason) => {
    await expect(world(given)).rejects.toThrow(reason);
    await expect(world(given)).rejects.toThrow(/^Machine \(AWS::StepFunctions::StateMachine\)/);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['it is an express workflow', { StateMachineType: 'EXPRESS' }, /only standard workflows/],
    ['it lies in S3', { DefinitionS3Location: { Bucket: 'b', Key: 'k' } }, /DefinitionS3Location/],
    ['it is no JSON', { DefinitionString: '{' }, /not JSON/],
  ])('%s', async (_name, properties, reason) => {
    await expect(world(single(pass), { properties })).rejects.toThrow(reason);
  });

  it('the role does not grant a function that the definition names', async () => {
    await expect(world(single(task), { mayInvoke: () => false })).rejects.toThrow(/lambda:InvokeFunction on .*:function:work/);
  });

  it('but substitutions are filled in', async () => {
    const properties = {
      DefinitionString: JSON.stringify(single({ ...task, Resource: '${Work}' })),
      DefinitionSubstitutions: { Work: workArn },
    };
    const { run, events } = await world(single(pass), { properties });
    expect([(await run()).status, events.length]).toEqual(['SUCCEEDED', 1]);
    expect(machineArn).toContain('stateMachine');
  });
});
