/**
 * What commands that verify a whole table have in common: where the table is, and the file in which they keep what they saw.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { systemChance } from '#shared/platform/chance.ts';
import { documentClient, type Table } from '#shared/platform/dynamodb.ts';
import { type CommandLine, type Options, runCommand, type Values } from './command.ts';
import { deploymentOf } from './deployment.ts';

export interface VerifyCommand<Of extends Options> extends Pick<CommandLine<Of, object>, 'usage'> {
  /** Beside `--data` and `--table`. */
  readonly options: Of;
  /** Of the local stack's table. */
  readonly output: string;
  /** Whether everything is as it was written. */
  readonly verify: (table: Table, values: Values<Of & typeof placeOptions>) => Promise<boolean>;
}

const placeOptions = { data: { type: 'string' }, table: { type: 'string' } } as const;

/** Runs it with the arguments of this process. Exits with 0 when all is whole, 1 when anything differs or cannot be read, 2 for a wrong command line. */
export async function runVerifyCommand<const Of extends Options>({ usage, options, output, verify }: VerifyCommand<Of>): Promise<void> {
  await runCommand({
    usage,
    options: { ...options, ...placeOptions },
    read(values: Values<Of & typeof placeOptions>) {
      const { data, table } = values as Place;
      return data !== undefined && table !== undefined ? 'Either --data or --table.' : values;
    },
    run: async (values) => ((await verify(await tableOf(values as Place, output), values)) ? 0 : 1),
  });
}

interface Place {
  readonly data?: string | undefined;
  readonly table?: string | undefined;
}

/** A deployed table has the credentials and the region of the environment; without a name it is the local stack's. */
async function tableOf({ table, data }: Place, output: string): Promise<Table> {
  if (table !== undefined) return { client: documentClient(), name: table, chance: systemChance };
  const deployment = await deploymentOf({ data, instead: 'name a deployed table with --table' });
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(deployment.client));
  return { client, name: deployment.output(output), chance: systemChance };
}

/** What a file has kept from the time before; nothing when there is none. */
export function witnessIn<Value>(file: string | undefined, schema: z.ZodType<Value>): Map<string, Value> {
  if (file === undefined || !existsSync(file)) return new Map();
  return new Map(Object.entries(z.record(z.string(), schema).parse(JSON.parse(readFileSync(file, 'utf8')))));
}

/** Whole or not at all: half a file would be no witness. */
export function keepWitness(file: string, witness: ReadonlyMap<string, object>): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(Object.fromEntries(witness), null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
