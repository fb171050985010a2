/**
 * The fields of each state type that this interpreter runs; anything else is refused when the stack starts.
 * Source: https://states-language.net/spec.html
 */
import { z } from 'zod';
import { CatcherFields, RetrierFields } from './error-handling.ts';

const path = z.string();
const optionalPath = path.nullable().optional();

const common = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONPath').optional() };
const input = { InputPath: optionalPath };
const output = { OutputPath: optionalPath };
const onward = { Next: z.string().optional(), End: z.boolean().optional() };
const result = { ResultPath: optionalPath };
const work = { Parameters: z.unknown().optional(), ResultSelector: z.record(z.string(), z.unknown()).optional(), ...result };
const handling = { Retry: z.array(RetrierFields).optional(), Catch: z.array(CatcherFields).optional() };
/** States that pass data on, and among them those that do something to it. */
const flow = { ...common, ...input, ...output, ...onward };
const worked = { ...flow, ...work, ...handling };
const seconds = z.number().int().min(0).max(99_999_999);
const graph = { Comment: z.string().optional(), StartAt: z.string(), States: z.record(z.string(), z.unknown()) };
const processor = z.strictObject({ ...graph, ProcessorConfig: z.strictObject({ Mode: z.literal('INLINE') }).optional() });

export const stateSchemas = {
  Pass: z.strictObject({
    Type: z.literal('Pass'),
    ...flow,
    ...result,
    Result: z.unknown().optional(),
    Parameters: z.unknown().optional(),
  }),
  Wait: z.strictObject({
    Type: z.literal('Wait'),
    ...flow,
    Seconds: seconds.optional(),
    SecondsPath: path.optional(),
    Timestamp: z.string().optional(),
    TimestampPath: path.optional(),
  }),
  Task: z.strictObject({
    Type: z.literal('Task'),
    ...worked,
    Resource: z.string(),
    TimeoutSeconds: seconds.min(1).optional(),
    TimeoutSecondsPath: path.optional(),
  }),
  Choice: z.strictObject({
    Type: z.literal('Choice'),
    ...common,
    ...input,
    ...output,
    Choices: z.array(z.looseObject({ Next: z.string(), Comment: z.string().optional() })).min(1),
    Default: z.string().optional(),
  }),
  Succeed: z.strictObject({ Type: z.literal('Succeed'), ...common, ...input, ...output }),
  Fail: z.strictObject({
    Type: z.literal('Fail'),
    ...common,
    Error: z.string().optional(),
    ErrorPath: path.optional(),
    Cause: z.string().optional(),
    CausePath: path.optional(),
  }),
  Parallel: z.strictObject({
    Type: z.literal('Parallel'),
    ...worked,
    Branches: z.array(z.strictObject(graph)).min(1),
  }),
  Map: z.strictObject({
    Type: z.literal('Map'),
    ...worked,
    ItemsPath: path.optional(),
    ItemSelector: z.unknown().optional(),
    ItemProcessor: processor.optional(),
    Iterator: processor.optional(),
    MaxConcurrency: z.number().int().min(0).optional(),
    MaxConcurrencyPath: path.optional(),
  }),
} as const;

export const MachineFields = z.strictObject({
  ...graph,
  Version: z.literal('1.0').optional(),
  QueryLanguage: z.literal('JSONPath').optional(),
  TimeoutSeconds: seconds.min(1).optional(),
});
