/**
 * How data passes a state: InputPath and Parameters make what it works on; ResultSelector, ResultPath and OutputPath make what it hands
 * on. Source: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 */
import { DefinitionError } from './definition-error.ts';
import { parsePath, type Expression, type Scope } from './expression.ts';
import { JsonPathError, parseReferencePath } from './json-path.ts';
import { parseTemplate, type Template } from './payload-template.ts';
import { runtimeFailure, StateFailure } from './state-failure.ts';

export interface FlowFields {
  readonly InputPath?: string | null | undefined;
  readonly OutputPath?: string | null | undefined;
  readonly ResultPath?: string | null | undefined;
  readonly Parameters?: unknown;
  readonly ResultSelector?: unknown;
}

export interface Flow {
  /** What InputPath leaves of the raw input. */
  select(raw: Scope): unknown;
  /** The same after Parameters. */
  prepare(raw: Scope): unknown;
  /** The state's output from its raw input and its result. */
  finish(raw: Scope, result: unknown): unknown;
  /** The output of a state without a result of its own. */
  pass(raw: Scope): unknown;
}

/** Throws a DefinitionError for paths and templates that are none. */
export function parseFlow(fields: FlowFields, place: string): Flow {
  const select = selector(fields.InputPath, 'InputPath', place);
  const output = selector(fields.OutputPath, 'OutputPath', place);
  const parameters = optionalTemplate(fields.Parameters, `${place}.Parameters`);
  const resultSelector = optionalTemplate(fields.ResultSelector, `${place}.ResultSelector`);
  const placeResult = parseResultPath(fields.ResultPath, place);
  return {
    select,
    prepare: (raw) => within(raw, select(raw), parameters),
    finish: (raw, result) => {
      const selected = within(raw, result, resultSelector);
      return output({ input: placeResult(raw.input, selected), context: raw.context });
    },
    pass: (raw) => output({ input: select(raw), context: raw.context }),
  };
}

function within({ context }: Scope, input: unknown, template: Template | undefined): unknown {
  return template === undefined ? input : template({ input, context });
}

function optionalTemplate(value: unknown, place: string): Template | undefined {
  return value === undefined ? undefined : parseTemplate(value, place);
}

function selector(text: string | null | undefined, field: string, place: string): (scope: Scope) => unknown {
  if (text === null) return () => ({});
  const path = parsePath(text ?? '$', `${place}.${field}`);
  return (scope) => valueAt(path, { scope, field });
}

/** The value a field's path leads to. Throws `States.Runtime` when it leads nowhere. */
export function valueAt(path: Expression, { scope, field }: { readonly scope: Scope; readonly field: string }): unknown {
  const value = path.evaluate(scope);
  if (value !== undefined) return value;
  const input = JSON.stringify(scope.input);
  throw runtimeFailure(`The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${input}'`);
}

/** Puts a result into the raw input. */
export type PlaceResult = (raw: unknown, result: unknown) => unknown;

/** `null` drops the result, `$` lets it replace the input, `$.a.b` puts it there. */
export function parseResultPath(text: string | null | undefined, place: string): PlaceResult {
  if (text === null) return (raw) => raw;
  const segments = referenceSegments(text ?? '$', `${place}.ResultPath`);
  if (segments.length === 0) return (_raw, result) => result;
  return (raw, result) => placed(raw, segments, { result, text: text ?? '$' });
}

function referenceSegments(text: string, place: string): (string | number)[] {
  try {
    return parseReferencePath(text);
  } catch (error) {
    if (error instanceof JsonPathError) throw new DefinitionError(place, error.message);
    throw error;
  }
}

interface Placing {
  readonly result: unknown;
  readonly text: string;
}

/** A copy of the value with the result at the place; missing objects are made on the way, elements of lists are not. */
function placed(value: unknown, segments: readonly (string | number)[], placing: Placing): unknown {
  const [segment, ...rest] = segments;
  if (segment === undefined) return placing.result;
  if (typeof segment === 'number') {
    if (!Array.isArray(value) || segment >= value.length) throw unplaceable(placing);
    return value.with(segment, placed(value[segment], rest, placing)) as unknown[];
  }
  const object = value ?? {};
  if (typeof object !== 'object' || Array.isArray(object)) throw unplaceable(placing);
  const inner = Object.hasOwn(object, segment) ? (object as Record<string, unknown>)[segment] : undefined;
  return { ...object, [segment]: placed(inner, rest, placing) };
}

function unplaceable({ text }: Placing): StateFailure {
  return new StateFailure('States.ResultPathMatchFailure', `Unable to apply step "${text}" of the ResultPath to the input`);
}
