/**
 * JSONPath as state machines and input transformers use it: member names, indices, wildcards, slices, unions, recursive descent and
 * filters that compare. Step Functions evaluates paths with Jayway's library, whose reading is followed: a definite path (names and
 * single indices) gives its value or nothing, any other gives the list of what it found, however short.
 */
import { parseFilter } from './json-path-filter.ts';
import { Scanner } from './scanner.ts';

export interface JsonPath {
  readonly text: string;
  /** False for a path that may find several values. */
  readonly definite: boolean;
  /** Undefined when a definite path leads nowhere; JSON has no undefined of its own. */
  evaluate(root: unknown): unknown;
}

interface Step {
  /** The one member or element it names; undefined for a step that may find several. */
  readonly segment?: string | number;
  from(value: unknown, root: unknown): readonly unknown[];
}

/** Steps of one path; state input has no more. */
const stepsMax = 64;

export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
}

/** Throws a JsonPathError for a text that is no path beginning with `$`, or that needs a feature which is not supported. */
export function parseJsonPath(text: string): JsonPath {
  const steps = stepsOf(text);
  const definite = steps.every(({ segment }) => segment !== undefined);
  return {
    text,
    definite,
    evaluate: (root) => {
      const found = walk(steps, root, root);
      return definite ? found[0] : found;
    },
  };
}

/** A path that names exactly one place (`$.a.b[0]`), as its segments. Throws a JsonPathError for any other. */
export function parseReferencePath(text: string): (string | number)[] {
  return stepsOf(text).map(({ segment }) => {
    if (segment === undefined || (typeof segment === 'number' && segment < 0)) {
      throw new JsonPathError(`${text}: a reference path names one place, by names and indices alone`);
    }
    return segment;
  });
}

function stepsOf(text: string): Step[] {
  const scanner = new Scanner(text, JsonPathError);
  scanner.expect('$');
  const steps = parseSteps(scanner);
  if (!scanner.done) scanner.fail('unexpected text');
  return steps;
}

function walk(steps: readonly Step[], start: unknown, root: unknown): unknown[] {
  return steps.reduce<unknown[]>((values, step) => values.flatMap((value) => step.from(value, root)), [start]);
}

/** Reads steps up to something that begins none. */
function parseSteps(scanner: Scanner): Step[] {
  const steps: Step[] = [];
  for (;;) {
    if (steps.length > stepsMax) scanner.fail(`more than ${stepsMax} steps`);
    if (scanner.take('..')) {
      steps.push({ from: descendants });
      if (!scanner.at('[')) steps.push(dotted(scanner));
    } else if (scanner.take('.')) steps.push(dotted(scanner));
    else if (scanner.take('[')) steps.push(bracketed(scanner));
    else return steps;
  }
}

function dotted(scanner: Scanner): Step {
  if (scanner.take('*')) return wildcard;
  const name = scanner.match(/[^\s.[\]()*?@,'"=<>!&|]+/y);
  if (name === undefined) return scanner.fail('a member name is missing');
  if (scanner.at('(')) scanner.fail('functions are not supported');
  return members([name]);
}

function bracketed(scanner: Scanner): Step {
  const step = withinBrackets(scanner);
  scanner.space();
  scanner.expect(']');
  return step;
}

function withinBrackets(scanner: Scanner): Step {
  scanner.space();
  if (scanner.take('*')) return wildcard;
  if (scanner.take('?')) return filtered(scanner);
  if (scanner.at("'") || scanner.at('"')) return members(listed(scanner, () => scanner.quoted()));
  const first = scanner.integer();
  scanner.space();
  if (scanner.take(':')) return slice(scanner, first);
  if (first === undefined) return scanner.fail('a name in quotes, an index, a slice, * or a filter is missing');
  const rest = scanner.take(',') ? listed(scanner, () => scanner.integer() ?? scanner.fail('an index is missing')) : [];
  return elements([first, ...rest]);
}

const wildcard: Step = { from: childrenOf };

function members(names: readonly string[]): Step {
  const from = (value: unknown) => names.flatMap((name) => (isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []));
  return only(names, from);
}

function elements(indices: readonly number[]): Step {
  const from = (value: unknown) =>
    Array.isArray(value) ? indices.flatMap((index) => (value as unknown[]).slice(index, index === -1 ? undefined : index + 1)) : [];
  return only(indices, from);
}

function only(segments: readonly (string | number)[], from: Step['from']): Step {
  const [segment] = segments;
  return segments.length === 1 && segment !== undefined ? { segment, from } : { from };
}

function slice(scanner: Scanner, start: number | undefined): Step {
  const end = scanner.integer();
  const by = scanner.take(':') ? (scanner.integer() ?? 1) : 1;
  if (by < 1) scanner.fail('a slice steps forward');
  return { from: (value) => (Array.isArray(value) ? value.slice(start, end).filter((_, index) => index % by === 0) : []) };
}

function filtered(scanner: Scanner): Step {
  const keep = parseFilter(scanner, (inner) => {
    const steps = parseSteps(inner);
    return (start, root) => walk(steps, start, root)[0];
  });
  return { from: (value, root) => childrenOf(value).filter((child) => keep(child, root)) };
}

function listed<Item>(scanner: Scanner, item: () => Item): Item[] {
  const items: Item[] = [];
  do {
    scanner.space();
    items.push(item());
    scanner.space();
  } while (scanner.take(','));
  return items;
}

/** The value and everything within it that can have members. */
function descendants(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? [value, ...childrenOf(value).flatMap(descendants)] : [];
}

function childrenOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
