/**
 * Where an operator's command works: on the local stack of a data folder, or on a deployment with the credentials and the region of the environment.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { operator } from '../local/operator.ts';
import { runningStack, stackTime } from '../local/running.ts';

export interface Deployment {
  /** What the template puts out, by output name. Throws for one that is not there. */
  output(name: string): string;
  /** For the constructors of AWS clients. */
  readonly client: { readonly endpoint: string; readonly region: string; readonly credentials: typeof operator } | Record<string, never>;
  /** Milliseconds since the epoch, on the clock of the deployment. */
  readonly nowMs: number;
}

export interface Place {
  /** Data folder of a local stack. */
  readonly data?: string | undefined;
  /** File that `cdk deploy --outputs-file` wrote. */
  readonly outputs?: string | undefined;
  /** What the command takes where no stack runs. */
  readonly instead?: string | undefined;
}

const outputsInstead = 'name a deployment with --outputs (cdk deploy --outputs-file FILE)';

/** Signatures name a region; the local stack takes any. */
const localRegion = 'ap-southeast-3';
const outputsFile = z.record(z.string(), z.record(z.string(), z.string()));

/** Throws, with a sentence for the user, when no stack runs on the folder or the file is none of outputs. */
export async function deploymentOf({ data = '.local', outputs, instead = outputsInstead }: Place): Promise<Deployment> {
  if (outputs !== undefined) {
    const stacks = outputsFile.parse(JSON.parse(readFileSync(outputs, 'utf8')));
    return { output: outputReader(Object.assign({}, ...Object.values(stacks)) as Record<string, string>), client: {}, nowMs: Date.now() };
  }
  const running = runningStack(data);
  if (running === undefined) throw new Error(`No stack runs on ${data}: start it with npm start, or ${instead}.`);
  const client = { endpoint: running.gateway, region: localRegion, credentials: operator };
  return { output: outputReader(running.outputs), client, nowMs: await stackTime(data) };
}

function outputReader(outputs: Readonly<Record<string, string>>): (name: string) => string {
  return (name) => {
    const value = outputs[name];
    if (value === undefined) throw new Error(`The stack puts out no ${name}: deploy it again.`);
    return value;
  };
}
