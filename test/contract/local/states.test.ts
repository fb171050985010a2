import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiRefusal } from '#infra/local/gateway/api-refusal.ts';
import { closeWorlds, machineArn, roleArn, single, world, type World } from '../../unit/local/states-world.ts';

describe('the AWS SDK', () => {
  let sfn: SFNClient;
  let made: World;
  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  }

  async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const operation = String(request.headers['x-amz-target']).replace('AWSStepFunctions.', '');
    const input = JSON.parse(Buffer.concat(await request.toArray()).toString()) as unknown;
    try {
      return { status: 200, body: await made.states.handle(operation, input) };
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      return { status: error.status, body: { __type: error.code, message: error.message } };
    }
  }

  beforeEach(async () => {
    made = await world({ StartAt: 'W', States: { W: { Type: 'Wait', SecondsPath: '$.seconds', End: true } } });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    sfn = new SFNClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'ap-southeast-3',
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
      maxAttempts: 1,
    });
  });

  afterEach(async () => {
    sfn.destroy();
    server.close();
    server.closeAllConnections();
    await closeWorlds();
  });

  const start = (input: object, name?: string) =>
    sfn.send(
      new StartExecutionCommand({ stateMachineArn: machineArn, input: JSON.stringify(input), ...(name === undefined ? {} : { name }) }),
    );

  it('starts, describes and stops an execution', async () => {
    const { executionArn, startDate } = await start({ seconds: 60 }, 'dep_1');
    expect(executionArn).toBe('arn:aws:states:ap-southeast-3:000000000000:execution:machine:dep_1');
    expect(Math.abs((startDate?.getTime() ?? 0) - Date.now())).toBeLessThan(5_000);
    const running = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(running).toMatchObject({ executionArn, stateMachineArn: machineArn, name: 'dep_1', status: 'RUNNING', input: '{"seconds":60}' });
    expect(running.stopDate).toBeUndefined();
    const { stopDate } = await sfn.send(new StopExecutionCommand({ executionArn, error: 'Cancelled', cause: 'by the member' }));
    const stopped = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(stopped).toMatchObject({ status: 'ABORTED', error: 'Cancelled', cause: 'by the member', stopDate });
    expect(made.clock.pending(9)).toEqual([]);
    const again = await sfn.send(new StopExecutionCommand({ executionArn }));
    expect(again.stopDate).toEqual(stopDate);
  });

  it('gets the same execution for the same name and input while it runs', async () => {
    const first = await start({ seconds: 60 }, 'dep_1');
    const second = await start({ seconds: 60 }, 'dep_1');
    expect([second.executionArn, second.startDate]).toEqual([first.executionArn, first.startDate]);
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: machineArn }));
    expect(executions).toHaveLength(1);
  });

  it('is refused a name with another input, and one that is used up, for 90 days', async () => {
    await start({ seconds: 60 }, 'dep_1');
    const exists = expect.objectContaining({ name: 'ExecutionAlreadyExists' });
    await expect(start({ seconds: 61 }, 'dep_1')).rejects.toEqual(exists);
    await made.clock.advance(61_000);
    await expect(start({ seconds: 60 }, 'dep_1')).rejects.toEqual(exists);
    await made.clock.advance(89 * 86_400_000);
    await expect(start({ seconds: 60 }, 'dep_1')).rejects.toEqual(exists);
    await made.clock.advance(86_400_000);
    await expect(start({ seconds: 60 }, 'dep_1')).resolves.toMatchObject({ executionArn: expect.stringContaining('dep_1') });
  });

  it('lists executions newest first, in pages, by status', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await start({ seconds: name === 'c' ? 5 : 60 }, name);
      await made.clock.advance(10);
    }
    await made.clock.advance(10_000);
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateListExecutions({ client: sfn, pageSize: 2 }, { stateMachineArn: machineArn })) {
      pages.push(page.executions?.map(({ name }) => name) ?? []);
    }
    expect(pages).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: machineArn, statusFilter: 'SUCCEEDED' }));
    expect(executions?.map(({ name, status }) => [name, status])).toEqual([['c', 'SUCCEEDED']]);
  });

  it('reads the history in both directions, in pages', async () => {
    const { executionArn } = await start({ seconds: 0 });
    await made.states.settled(1_000);
    const read = async (reverseOrder: boolean) => {
      const types: (string | undefined)[] = [];
      let nextToken: string | undefined;
      do {
        const page = await sfn.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder, maxResults: 2, nextToken }));
        types.push(...(page.events?.map(({ type }) => type) ?? []));
        ({ nextToken } = page);
      } while (nextToken !== undefined);
      return types;
    };
    const types = ['ExecutionStarted', 'WaitStateEntered', 'WaitStateExited', 'ExecutionSucceeded'];
    expect(await read(false)).toEqual(types);
    expect(await read(true)).toEqual(types.toReversed());
    const bare = await sfn.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
    expect(bare.events?.[0]?.executionStartedEventDetails).toEqual({ roleArn });
  });

  it('finds the state machines', async () => {
    const { stateMachines } = await sfn.send(new ListStateMachinesCommand({}));
    expect(stateMachines?.map(({ stateMachineArn, name, type }) => [stateMachineArn, name, type])).toEqual([
      [machineArn, 'machine', 'STANDARD'],
    ]);
    const described = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn }));
    expect(described).toMatchObject({ status: 'ACTIVE', roleArn, definition: expect.stringContaining('"StartAt":"W"') });
  });

  it('is told what is wrong in the words of Step Functions', async () => {
    const errorOf = (promise: Promise<unknown>) =>
      promise.then(
        () => undefined,
        (error: Error) => error.name,
      );
    const other = machineArn.replace('machine:', 'machine:x').concat('x');
    expect(await errorOf(sfn.send(new StartExecutionCommand({ stateMachineArn: other })))).toBe('StateMachineDoesNotExist');
    expect(await errorOf(sfn.send(new StartExecutionCommand({ stateMachineArn: 'nonsense' })))).toBe('InvalidArn');
    expect(await errorOf(sfn.send(new StartExecutionCommand({ stateMachineArn: machineArn, input: '{' })))).toBe('InvalidExecutionInput');
    const large = JSON.stringify('x'.repeat(262_143));
    expect(await errorOf(sfn.send(new StartExecutionCommand({ stateMachineArn: machineArn, input: large })))).toBe('ValidationException');
    for (const name of ['a b', 'a/b', 'a:b', 'x'.repeat(81), 'a\u0007']) expect(await errorOf(start({}, name))).toBe('InvalidName');
    const executionArn = 'arn:aws:states:ap-southeast-3:000000000000:execution:machine:none';
    expect(await errorOf(sfn.send(new DescribeExecutionCommand({ executionArn })))).toBe('ExecutionDoesNotExist');
    expect(await errorOf(sfn.send(new ListExecutionsCommand({ stateMachineArn: machineArn, nextToken: 'x' })))).toBe('InvalidToken');
  });

  it('starts 200 executions of one name side by side and gets one', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => start({ seconds: 60 }, 'same')));
    expect(new Set(answers.map(({ startDate }) => startDate?.getTime())).size).toBe(1);
  });
});

describe('after kill -9', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'xm-states-'));
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Runs until a line begins with the text, then kills. */
  async function runUntil(text: string, ...rest: string[]): Promise<string[]> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'states-process.ts'), join(folder, 'states.db'), ...rest], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      if (line !== 'started') lines.push(line);
      if (line.startsWith(text)) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    return lines;
  }

  const withoutIds = (lines: readonly string[]) => lines.map((line) => line.replace(/ [0-9a-f-]{36}$/, ''));

  it('an execution goes on where it was, wherever that is, and repeats only the task that was cut off', async () => {
    const began = Date.now();
    const first = await runUntil('begin before', 'start');
    const second = await runUntil('end before');
    expect(withoutIds(first)).toEqual(['begin before']);
    expect(withoutIds(second)).toEqual(['begin before', 'end before']);
    // The same parameters, drawn once.
    expect(second[0]).toBe(first[0]);

    const third = await runUntil('begin item 2');
    expect(Date.now() - began).toBeGreaterThanOrEqual(2_000);
    const tail = withoutIds(third).filter((line) => !line.includes('before'));
    expect(tail).toEqual(['begin item 1', 'end item 1', 'begin item 2']);

    const fourth = await runUntil('SUCCEEDED');
    expect(withoutIds(fourth)).toEqual([
      'begin item 2',
      'end item 2',
      'begin item 3',
      'end item 3',
      'begin after',
      'end after',
      'SUCCEEDED',
    ]);
    expect(await runUntil('SUCCEEDED')).toEqual(['SUCCEEDED']);
  });
});

it('a machine of one Wait costs little to keep: 2,000 executions wait in rows alone', async () => {
  const made = await world(single({ Type: 'Wait', Seconds: 86_400 }));
  for (let index = 0; index < 2_000; index++) await made.start({ index });
  await made.states.settled(10_000);
  expect(made.clock.pending(3_000)).toHaveLength(2_000);
  await closeWorlds();
});
