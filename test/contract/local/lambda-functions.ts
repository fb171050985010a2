import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type LambdaLimits, type LambdaOptions, type LambdaRuntime, startLambda } from '#infra/local/lambda/lambda.ts';
import type { LambdaOutcome } from '#infra/local/lambda/outcome.ts';
import type { StackModel } from '#infra/local/ports.ts';
import { type Sketch, stackModel } from '#test/fakes/stack-model.ts';

export interface TestFunction {
  /** Path below the function's folder → source. */
  readonly files: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

export interface FunctionsOptions {
  readonly isolation?: LambdaOptions['isolation'];
  readonly limits?: Partial<LambdaLimits>;
  readonly endpoints?: Readonly<Record<string, string>>;
  readonly resources?: readonly (Sketch & { logicalId: string })[];
}

/** Functions of a test, running. Names are logical ids in lower case; a string is the source of `index.mjs`. */
export interface RunningFunctions extends AsyncDisposable {
  readonly model: StackModel;
  readonly lambda: LambdaRuntime;
  readonly clock: TestClock;
  /** What reached the terminal: `room: message`. */
  readonly terminal: string[];
  readonly logsDirectory: string;
  invoke(name: string, event?: unknown): Promise<LambdaOutcome>;
  /** The payload of an invocation that must go well. */
  answer(name: string, event?: unknown): Promise<unknown>;
  /** The lines of a function's log file. */
  logOf(name: string): Promise<string[]>;
}

/** A function of one module, with properties of its own. */
export function withProperties(source: string, properties: Record<string, unknown>): TestFunction {
  return { files: { 'index.mjs': source }, properties };
}

/** The machine's time plus an offset that the test shifts. */
class TestClock {
  offsetMs = 0;
  #listener: (offsetMs: number) => void | Promise<void> = () => {};

  now(): number {
    return Date.now() + this.offsetMs;
  }

  onShift(listener: (offsetMs: number) => void | Promise<void>): void {
    this.#listener = listener;
  }

  async shift(offsetMs: number): Promise<void> {
    this.offsetMs = offsetMs;
    await this.#listener(offsetMs);
  }
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:ap-southeast-3:000000000000:function:${name}`;
}

export async function startFunctions(
  functions: Record<string, string | TestFunction>,
  options: FunctionsOptions = {},
): Promise<RunningFunctions> {
  const folder = mkdtempSync(join(tmpdir(), 'xm-functions-'));
  const logsDirectory = join(folder, 'logs');
  const sketches = Object.entries(functions).map(([name, sketch]) =>
    write(folder, name, typeof sketch === 'string' ? { files: { 'index.mjs': sketch } } : sketch),
  );
  const model = stackModel([...sketches, ...(options.resources ?? [])]);
  const clock = new TestClock();
  const terminal: string[] = [];
  const say = (room: string, message: string) => void terminal.push(`${room}: ${message}`);
  const lambda = await startLambda({
    model,
    clock,
    log: { info: say, warn: say },
    logsDirectory,
    codeDirectory: ({ physicalName }) => join(folder, physicalName),
    principal: ({ physicalName }) => ({ accessKeyId: `key-of-${physicalName}`, secretAccessKey: `secret-of-${physicalName}` }),
    ...(options.isolation ? { isolation: options.isolation } : {}),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.endpoints ? { endpoints: options.endpoints } : {}),
  });
  const invoke = (name: string, event: unknown = {}) => lambda.invoke(functionArn(name), event);
  return {
    model,
    lambda,
    clock,
    terminal,
    logsDirectory,
    invoke,
    answer: async (name, event) => {
      const outcome = await invoke(name, event);
      if (!outcome.ok) throw new Error(`${name} ended with ${outcome.reason}: ${outcome.errorType}: ${outcome.errorMessage}`);
      return outcome.payload;
    },
    logOf: async (name) => {
      // Lines of one turn of the event loop are written at its end.
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      const file = join(logsDirectory, `${name}.log`);
      return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    },
    [Symbol.asyncDispose]: async () => {
      await lambda.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function write(folder: string, name: string, { files, properties }: TestFunction): Sketch & { logicalId: string } {
  for (const [path, source] of Object.entries(files)) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  return {
    logicalId: name,
    type: 'AWS::Lambda::Function',
    properties: {
      Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
      Handler: 'index.handler',
      Role: 'role',
      Runtime: 'nodejs24.x',
      ...properties,
    },
  };
}
