/**
 * What stands behind a field that ends in `.$` or `Path`: a path into the state's input (`$.a`), into the context object (`$$.Execution.Id`),
 * or an intrinsic function (`States.Format('{}', $.a)`).
 */
import { DefinitionError } from './definition-error.ts';
import { type Intrinsic, intrinsics } from './intrinsics.ts';
import { JsonPathError, parseJsonPath } from './json-path.ts';
import { Scanner } from './scanner.ts';

/** What expressions are evaluated on. */
export interface Scope {
  readonly input: unknown;
  /** The context object, `$$`. */
  readonly context: unknown;
}

export interface Expression {
  readonly text: string;
  /** Undefined when a path leads nowhere. Throws a StateFailure when an intrinsic function fails. */
  readonly evaluate: (scope: Scope) => unknown;
}

/** Intrinsic functions within each other (https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html). */
const nestingMax = 10;

/** A path or an intrinsic function. Throws a DefinitionError at `place`. */
export function parseExpression(text: string, place: string): Expression {
  return text.startsWith('$') ? parsePath(text, place) : { text, evaluate: parseCall(text, place) };
}

/** A path alone. */
export function parsePath(text: string, place: string): Expression {
  try {
    const ofContext = text.startsWith('$$');
    const path = parseJsonPath(ofContext ? text.slice(1) : text);
    return { text, evaluate: ({ input, context }) => path.evaluate(ofContext ? context : input) };
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    const variable = /^\$[A-Za-z_]/.test(text) ? ' (workflow variables are not supported)' : '';
    throw new DefinitionError(place, `${error.message}${variable}`);
  }
}

function parseCall(text: string, place: string): Expression['evaluate'] {
  class CallError extends DefinitionError {
    constructor(message: string) {
      super(place, message);
    }
  }
  const scanner = new Scanner(text, CallError);
  const evaluate = call({ scanner, place, depth: 0 });
  scanner.space();
  if (!scanner.done) scanner.fail('unexpected text');
  return evaluate;
}

interface Place {
  readonly scanner: Scanner;
  readonly place: string;
  readonly depth: number;
}

function call({ scanner, place, depth }: Place): Expression['evaluate'] {
  if (depth >= nestingMax) scanner.fail(`intrinsic functions nest ${nestingMax} deep at most`);
  const name = scanner.match(/States\.[A-Za-z0-9]+/y) ?? scanner.fail('a path or an intrinsic function such as States.Format is missing');
  const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
  if (intrinsic === undefined) return scanner.fail(`${name} is no intrinsic function`);
  // The template of States.Format keeps its backslashes: they tell braces from places.
  const given = argumentsOf({ scanner, place, depth }, name === 'States.Format');
  refuseCount(scanner, intrinsic, given.length);
  return (scope) => intrinsic.apply(given.map((argument) => argument(scope)));
}

function refuseCount(scanner: Scanner, { takes: [least, most] }: Intrinsic, count: number): void {
  if (count < least || count > most) scanner.fail(`takes ${least === most ? least : `${least} to ${most}`} arguments, not ${count}`);
}

type Argument = Expression['evaluate'];

function argumentsOf(at: Place, templateFirst: boolean): Argument[] {
  const { scanner } = at;
  scanner.expect('(');
  scanner.space();
  if (scanner.take(')')) return [];
  const given: Argument[] = [];
  do {
    scanner.space();
    const template = templateFirst && given.length === 0 && scanner.at("'");
    given.push(template ? constant(scanner.quotedRaw()) : argumentAt(at));
    scanner.space();
  } while (scanner.take(','));
  scanner.expect(')');
  return given;
}

/** A path up to the comma or parenthesis that ends the argument; brackets may hold anything in quotes. */
const pathInCall = /\$(?:[^,()[\]'\s]|\[(?:[^\]'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*\])*/y;

function argumentAt({ scanner, place, depth }: Place): Argument {
  if (scanner.at("'")) return constant(scanner.quoted());
  const word = scanner.match(/(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
  if (word !== undefined) return constant(JSON.parse(word));
  const path = scanner.match(pathInCall);
  return path === undefined ? call({ scanner, place, depth: depth + 1 }) : parsePath(path, place).evaluate;
}

function constant(value: unknown): Argument {
  return () => value;
}
