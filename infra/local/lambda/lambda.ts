/**
 * Runs every function of the template on this machine, from the bundles that would be deployed.
 */
import { availableParallelism } from 'node:os';
import type { Closable, Invoker, LocalClock, Principal, Resource, StackLog, StackModel } from '../ports.ts';
import { type AsyncSettings, asyncSettings } from './async-settings.ts';
import { Capacity } from './capacity.ts';
import { functionConfig } from './function-config.ts';
import { FunctionLog } from './function-log.ts';
import { FunctionPool, type Warmth } from './function-pool.ts';
import type { LambdaOutcome } from './outcome.ts';
import { invokePermissions, type MayInvoke } from './permissions.ts';
import { startProcess } from './process-sandbox.ts';
import { runtimeFile } from './runtime-file.ts';
import { refusal } from '../template/properties.ts';
import type { StartSandbox } from './sandbox.ts';
import { ThreadHost } from './thread-host.ts';

export interface LambdaOptions {
  readonly model: StackModel;
  readonly clock: Pick<LocalClock, 'now' | 'offsetMs' | 'onShift'>;
  readonly log: StackLog;
  /** Each function's log goes to `<logsDirectory>/<function name>.log`. */
  readonly logsDirectory: string;
  /** Folder of a function's bundle. */
  codeDirectory(resource: Resource): string;
  /** The access key a function runs under. */
  principal(resource: Resource): Pick<Principal, 'accessKeyId' | 'secretAccessKey'>;
  /** Added to every function's variables: `AWS_ENDPOINT_URL_S3` and its like. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** What holds an environment: a worker thread, all of them in one child process, or a process of its own. Default `thread`. */
  readonly isolation?: 'thread' | 'process';
  readonly limits?: Partial<LambdaLimits>;
}

export interface LambdaLimits extends Warmth {
  /** Events at once in all functions together, those that wait for an environment included: beyond it they are throttled. AWS gives an account as many. */
  readonly concurrencyMax: number;
  /** Environments at once, of all functions. A machine holds about 100 threads well; what AWS would start beyond it waits here. */
  readonly environmentsMax: number;
  /** Environments that load at once: loading is work for a core, and a burst is served sooner by few that are warm than by many that load. */
  readonly startsMax: number;
  /** Environments of one function while the cores are busy and events get through: so many keep the cores at work, and more have to be loaded first. */
  readonly crewMax: number;
  readonly initMsMax: number;
}

const defaultLimits: LambdaLimits = {
  concurrencyMax: 1_000,
  environmentsMax: 100,
  startsMax: Math.max(4, availableParallelism()),
  crewMax: Math.max(4, availableParallelism()),
  idleMsMax: 5 * 60_000,
  // A hundred threads are more than 1 GB; the next burst has its first environments again within a second.
  surplusIdleMsMax: 60_000,
  keptMax: 2,
  initMsMax: 10_000,
};

export interface LambdaRuntime extends Invoker, Closable {
  /** Rejects only for an ARN that is no function of the template. */
  invoke(functionArn: string, event: unknown): Promise<LambdaOutcome>;
  /** What `AWS::Lambda::Permission` of the template allow. */
  readonly mayInvoke: MayInvoke;
  asyncSettings(functionArn: string): AsyncSettings;
}

/** Throws `TemplateError`, which names the logical id, for anything that would not run here as on AWS. */
export async function startLambda(options: LambdaOptions): Promise<LambdaRuntime> {
  const { model, clock } = options;
  refuseVersions(model);
  const mayInvoke = invokePermissions(model);
  const settings = asyncSettings(model);
  const host = options.isolation === 'process' ? undefined : new ThreadHost((text) => options.log.warn('lambda', text));
  const pools = await startPools(options, host ? (spec, listener) => host.start(spec, listener) : startProcess);
  clock.onShift(async (offsetMs) => void (await Promise.all([...pools.values()].map((pool) => pool.shiftClock(offsetMs)))));
  return {
    invoke: async (functionArn, event) => {
      const pool = pools.get(functionArn);
      if (!pool) throw new Error(`${functionArn} is no function of the stack ${model.stackName}.`);
      return pool.invoke(event);
    },
    mayInvoke,
    asyncSettings: settings,
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      host?.close();
    },
  };
}

async function startPools(options: LambdaOptions, startSandbox: StartSandbox): Promise<Map<string, FunctionPool>> {
  const { model, clock, log, logsDirectory } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const capacity = new Capacity(limits);
  const file = await runtimeFile();
  const configs = model.ofType('AWS::Lambda::Function').map((resource) => ({
    config: functionConfig(resource, options.codeDirectory(resource)),
    principal: options.principal(resource),
  }));
  return new Map(
    configs.map(({ config, principal }) => [
      config.arn,
      new FunctionPool({
        config,
        sources: { region: model.region, principal, endpoints: options.endpoints ?? {} },
        capacity,
        log: new FunctionLog({ directory: logsDirectory, name: config.name, terminal: log }),
        clock,
        startSandbox,
        runtimeFile: file,
        warmth: limits,
        initMsMax: limits.initMsMax,
      }),
    ]),
  );
}

/** Only `$LATEST` runs here. An alias or a version could stand for other code. */
function refuseVersions(model: StackModel): void {
  for (const type of ['AWS::Lambda::Alias', 'AWS::Lambda::Version', 'AWS::Lambda::LayerVersion', 'AWS::Lambda::Url']) {
    const [resource] = model.ofType(type);
    if (resource) throw refusal(resource, 'the local stack runs the latest code of each function, without versions, layers or URLs');
  }
}
