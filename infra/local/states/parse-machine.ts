/**
 * Reads a definition in the Amazon States Language (JSONPath). Whatever is not run here as AWS runs it is refused with its state and field.
 */
import { z } from 'zod';
import { parseRule } from './choice.ts';
import { parseFlow, valueAt } from './data-flow.ts';
import { DefinitionError } from './definition-error.ts';
import { parseErrorHandling } from './error-handling.ts';
import { parseExpression, parsePath, type Scope } from './expression.ts';
import type {
  ChoiceState,
  FailState,
  Graph,
  Machine,
  MapState,
  ParallelState,
  PassState,
  State,
  SucceedState,
  TaskState,
  WaitState,
} from './machine.ts';
import { parseTemplate } from './payload-template.ts';
import { runtimeFailure, StateFailure } from './state-failure.ts';
import { MachineFields, stateSchemas } from './state-schemas.ts';
import { parseTaskResource } from './task-resource.ts';
import { parseTimestamp } from './timestamp.ts';

type Fields<Type extends keyof typeof stateSchemas> = z.output<(typeof stateSchemas)[Type]>;

/** States of one machine, all graphs together. */
const statesMax = 10_000;
const nameCharactersMax = 80;
/** Iterations of Map at once when it sets none; Step Functions runs about as many. */
const iterationsMax = 40;

/** Throws a DefinitionError. */
export function parseMachine(definition: unknown): Machine {
  const { StartAt, States, TimeoutSeconds } = fieldsOf(MachineFields, definition, '');
  const names = new Set<string>();
  return { graph: parseGraph({ StartAt, States }, '', names), timeoutSeconds: TimeoutSeconds };
}

function fieldsOf<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw new DefinitionError(placeOf(place, [...issue.path, ...issue.keys.slice(0, 1)]), 'is not supported');
  throw new DefinitionError(placeOf(place, issue?.path ?? []), issue?.message ?? 'is not supported');
}

function placeOf(place: string, path: readonly PropertyKey[]): string {
  const fields = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return `${place}${fields.join('')}`.replace(/^\./, '');
}

interface GraphFields {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, unknown>>;
}

/** `names` holds those of the whole machine: no two states share one. */
function parseGraph({ StartAt, States }: GraphFields, place: string, names: Set<string>): Graph {
  const states = new Map(Object.entries(States).map(([name, fields]) => [name, parseState(name, fields, names)]));
  if (!states.has(StartAt)) throw new DefinitionError(`${place}.StartAt`.replace(/^\./, ''), `no state ${StartAt}`);
  refuseLooseEnds(StartAt, states);
  return { startAt: StartAt, states };
}

function refuseLooseEnds(startAt: string, states: ReadonlyMap<string, State>): void {
  const reached = new Set([startAt]);
  // The set grows while it is walked, until nothing new is reached.
  for (const name of reached) {
    const state = states.get(name);
    for (const next of state === undefined ? [] : nextsOf(state)) {
      if (!states.has(next)) throw new DefinitionError(name, `no state ${next} to go on with`);
      reached.add(next);
    }
  }
  const unreached = [...states.keys()].find((name) => !reached.has(name));
  if (unreached !== undefined) throw new DefinitionError(unreached, 'no other state leads to it');
}

function nextsOf(state: State): readonly string[] {
  const caught = 'catchers' in state ? state.catchers.map(({ next }) => next) : [];
  const next = 'next' in state && state.next !== undefined ? [state.next] : [];
  return [...next, ...caught, ...('targets' in state ? state.targets : [])];
}

const parsers: Readonly<Record<string, (name: string, fields: unknown, names: Set<string>) => State>> = {
  Pass: (name, fields) => parsePass(name, fieldsOf(stateSchemas.Pass, fields, name)),
  Wait: (name, fields) => parseWait(name, fieldsOf(stateSchemas.Wait, fields, name)),
  Task: (name, fields) => parseTask(name, fieldsOf(stateSchemas.Task, fields, name)),
  Choice: (name, fields) => parseChoice(name, fieldsOf(stateSchemas.Choice, fields, name)),
  Succeed: (name, fields) => parseSucceed(name, fieldsOf(stateSchemas.Succeed, fields, name)),
  Fail: (name, fields) => parseFail(name, fieldsOf(stateSchemas.Fail, fields, name)),
  Parallel: (name, fields, names) => parseParallel(name, fieldsOf(stateSchemas.Parallel, fields, name), names),
  Map: (name, fields, names) => parseMap(name, fieldsOf(stateSchemas.Map, fields, name), names),
};

function parseState(name: string, fields: unknown, names: Set<string>): State {
  if (names.has(name)) throw new DefinitionError(name, 'another state has the same name');
  if (name.length > nameCharactersMax) throw new DefinitionError(name, `a name has ${nameCharactersMax} characters at most`);
  if (names.size >= statesMax) throw new DefinitionError(name, `more than ${statesMax} states`);
  names.add(name);
  const { Type: type } = (fields ?? {}) as { Type?: unknown };
  const parse = typeof type === 'string' && Object.hasOwn(parsers, type) ? parsers[type] : undefined;
  if (parse === undefined) throw new DefinitionError(`${name}.Type`, `no state type ${JSON.stringify(type)}`);
  return parse(name, fields, names);
}

function onward(
  { Next, End }: { readonly Next?: string | undefined; readonly End?: boolean | undefined },
  place: string,
): string | undefined {
  if ((Next === undefined) === (End !== true)) throw new DefinitionError(place, 'has either Next or "End": true');
  return Next;
}

function parsePass(name: string, fields: Fields<'Pass'>): PassState {
  const result = 'Result' in fields ? () => fields.Result : undefined;
  return { type: 'Pass', name, flow: parseFlow(fields, name), next: onward(fields, name), result };
}

function parseWait(name: string, fields: Fields<'Wait'>): WaitState {
  return { type: 'Wait', name, flow: parseFlow(fields, name), next: onward(fields, name), until: parseUntil(fields, name) };
}

function parseUntil(fields: Fields<'Wait'>, name: string): WaitState['until'] {
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = fields;
  const given = [Seconds, SecondsPath, Timestamp, TimestampPath].filter((field) => field !== undefined);
  if (given.length !== 1) throw new DefinitionError(name, 'has one of Seconds, SecondsPath, Timestamp, TimestampPath');
  if (SecondsPath !== undefined) {
    const read = secondsAt(SecondsPath, { place: name, field: 'SecondsPath', least: 0 });
    return (scope, enteredAtMs) => enteredAtMs + read(scope) * 1_000;
  }
  if (TimestampPath !== undefined) return timestampAt(TimestampPath, name);
  if (Timestamp === undefined) return (_scope, enteredAtMs) => enteredAtMs + (Seconds ?? 0) * 1_000;
  const atMs = parseTimestamp(Timestamp);
  if (atMs === undefined) throw new DefinitionError(`${name}.Timestamp`, 'is no timestamp such as 2027-01-01T00:00:00Z');
  return () => atMs;
}

function timestampAt(text: string, place: string): WaitState['until'] {
  const path = parsePath(text, `${place}.TimestampPath`);
  return (scope) => {
    const value = valueAt(path, { scope, field: 'TimestampPath' });
    const atMs = parseTimestamp(value);
    if (atMs === undefined)
      throw runtimeFailure(
        `The TimestampPath parameter does not reference a valid ISO-8601 timestamp: ${text} == ${JSON.stringify(value)}`,
      );
    return atMs;
  };
}

interface SecondsField {
  readonly place: string;
  readonly field: string;
  readonly least: number;
}

function secondsAt(text: string, { place, field, least }: SecondsField): (scope: Scope) => number {
  const path = parsePath(text, `${place}.${field}`);
  return (scope) => {
    const value = valueAt(path, { scope, field });
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 99_999_999) return value;
    throw runtimeFailure(`The ${field} parameter references an invalid value: ${text} == ${JSON.stringify(value)}`);
  };
}

function parseTask(name: string, fields: Fields<'Task'>): TaskState {
  const { TimeoutSeconds: constant, TimeoutSecondsPath: path } = fields;
  if (constant !== undefined && path !== undefined) throw new DefinitionError(name, 'has one of TimeoutSeconds and TimeoutSecondsPath');
  const timeoutSeconds = path === undefined ? () => constant : secondsAt(path, { place: name, field: 'TimeoutSecondsPath', least: 1 });
  const resource = parseTaskResource(fields.Resource, `${name}.Resource`);
  if (resource.kind !== 'function' && fields.Parameters === undefined) throw new DefinitionError(`${name}.Parameters`, 'is missing');
  const flow = parseFlow(fields, name);
  return { type: 'Task', name, flow, next: onward(fields, name), resource, timeoutSeconds, ...parseErrorHandling(fields, name) };
}

function parseChoice(name: string, fields: Fields<'Choice'>): ChoiceState {
  const choices = fields.Choices.map(({ Next: next, Comment: _comment, ...rule }, index) => ({
    next,
    matches: parseRule(rule, `${name}.Choices[${index}]`),
  }));
  const { Default } = fields;
  return {
    type: 'Choice',
    name,
    flow: parseFlow(fields, name),
    targets: [...choices.map(({ next }) => next), ...(Default === undefined ? [] : [Default])],
    choose: (scope) => {
      const next = choices.find(({ matches }) => matches(scope))?.next ?? Default;
      if (next !== undefined) return next;
      throw new StateFailure('States.NoChoiceMatched', `No choice rule of the state '${name}' matched, and it has no Default`);
    },
  };
}

function parseSucceed(name: string, fields: Fields<'Succeed'>): SucceedState {
  return { type: 'Succeed', name, flow: parseFlow(fields, name) };
}

function parseFail(name: string, fields: Fields<'Fail'>): FailState {
  const error = parseFailText({ constant: fields.Error, path: fields.ErrorPath, field: 'Error' }, name);
  const cause = parseFailText({ constant: fields.Cause, path: fields.CausePath, field: 'Cause' }, name);
  return { type: 'Fail', name, flow: parseFlow({}, name), error, cause };
}

interface FailText {
  readonly constant: string | undefined;
  readonly path: string | undefined;
  readonly field: 'Error' | 'Cause';
}

function parseFailText({ constant, path, field }: FailText, name: string): FailState['error'] {
  if (path === undefined) return () => constant;
  if (constant !== undefined) throw new DefinitionError(name, `has one of ${field} and ${field}Path`);
  const expression = parseExpression(path, `${name}.${field}Path`);
  return (scope) => {
    const value = valueAt(expression, { scope, field: `${field}Path` });
    if (typeof value === 'string') return value;
    throw runtimeFailure(`The ${field}Path parameter references a value that is no text: ${path} == ${JSON.stringify(value)}`);
  };
}

function parseParallel(name: string, fields: Fields<'Parallel'>, names: Set<string>): ParallelState {
  const graphs = fields.Branches.map((branch, index) => parseGraph(branch, `${name}.Branches[${index}]`, names));
  const flow = parseFlow(fields, name);
  return { type: 'Parallel', name, flow, next: onward(fields, name), graphs, ...parseErrorHandling(fields, name) };
}

function parseMap(name: string, fields: Fields<'Map'>, names: Set<string>): MapState {
  const { ItemProcessor, Iterator: iterator, ItemSelector, Parameters, ...rest } = fields;
  const processor = ItemProcessor ?? iterator;
  if (processor === undefined || (ItemProcessor !== undefined && iterator !== undefined)) {
    throw new DefinitionError(name, 'has one of ItemProcessor and Iterator');
  }
  if (ItemSelector !== undefined && Parameters !== undefined) throw new DefinitionError(name, 'has one of ItemSelector and Parameters');
  const selector = ItemSelector ?? Parameters;
  const template = selector === undefined ? undefined : parseTemplate(selector, `${name}.ItemSelector`);
  const itemsPath = parsePath(fields.ItemsPath ?? '$', `${name}.ItemsPath`);
  return {
    type: 'Map',
    name,
    flow: parseFlow(rest, name),
    next: onward(fields, name),
    graphs: [parseGraph(processor, name, names)],
    items: (scope) => {
      const items = valueAt(itemsPath, { scope, field: 'ItemsPath' });
      if (Array.isArray(items)) return items as unknown[];
      throw runtimeFailure(`Reference path "${itemsPath.text}" must point to array.`);
    },
    itemInput: (scope, item) => (template === undefined ? item : template(scope)),
    concurrency: parseConcurrency(fields, name),
    ...parseErrorHandling(fields, name),
  };
}

function parseConcurrency({ MaxConcurrency, MaxConcurrencyPath }: Fields<'Map'>, name: string): MapState['concurrency'] {
  if (MaxConcurrencyPath === undefined) return () => MaxConcurrency || iterationsMax;
  if (MaxConcurrency !== undefined) throw new DefinitionError(name, 'has one of MaxConcurrency and MaxConcurrencyPath');
  const read = secondsAt(MaxConcurrencyPath, { place: name, field: 'MaxConcurrencyPath', least: 0 });
  return (scope) => read(scope) || iterationsMax;
}
