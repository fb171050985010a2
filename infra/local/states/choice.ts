/**
 * The rules of Choice states.
 * Source: https://states-language.net/spec.html#choice-state
 *
 * A value of another type than an operator compares is no match; a path that leads nowhere fails the execution, except for IsPresent.
 */
import { DefinitionError } from './definition-error.ts';
import { parsePath, type Expression, type Scope } from './expression.ts';
import { runtimeFailure } from './state-failure.ts';
import { parseTimestamp } from './timestamp.ts';

export type Rule = (scope: Scope) => boolean;

type Compare = (value: unknown, wanted: unknown) => boolean;

interface Operand {
  /** What `wanted` must be. */
  readonly kind: string;
  is(wanted: unknown): boolean;
}

const texts: Operand = { kind: 'a text', is: (wanted) => typeof wanted === 'string' };
const numbers: Operand = { kind: 'a number', is: (wanted) => typeof wanted === 'number' };
const booleans: Operand = { kind: 'true or false', is: (wanted) => typeof wanted === 'boolean' };
const timestamps: Operand = { kind: 'a timestamp such as 2027-01-01T00:00:00Z', is: (wanted) => parseTimestamp(wanted) !== undefined };

interface Comparison {
  readonly operand: Operand;
  readonly compare: Compare;
}

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  GreaterThan: (order) => order > 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThanEquals: (order) => order >= 0,
};

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ...ordered('String', texts, (value) => (typeof value === 'string' ? value : undefined)),
  ...ordered('Numeric', numbers, (value) => (typeof value === 'number' ? value : undefined)),
  ...ordered('Timestamp', timestamps, (value) => parseTimestamp(value)),
  ['BooleanEquals', { operand: booleans, compare: (value, wanted) => value === wanted }],
]);

function ordered(
  prefix: string,
  operand: Operand,
  read: (value: unknown) => string | number | undefined,
): (readonly [string, Comparison])[] {
  return Object.entries(orders).map(([name, holds]) => {
    const compare: Compare = (value, wanted) => {
      const [left, right] = [read(value), read(wanted)];
      return left !== undefined && right !== undefined && holds(left === right ? 0 : left < right ? -1 : 1);
    };
    return [`${prefix}${name}`, { operand, compare }];
  });
}

const typeTests: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => parseTimestamp(value) !== undefined,
};

/** Throws a DefinitionError for an operator that does not exist or a value it cannot compare with. `fields` are those of the rule without Next and Comment. */
export function parseRule(fields: Readonly<Record<string, unknown>>, place: string): Rule {
  const names = Object.keys(fields);
  const [only] = names;
  if (names.length === 1 && only !== undefined && ['And', 'Or', 'Not'].includes(only)) return parseLogic(only, fields[only], place);
  const { Variable: variable, ...rest } = fields;
  const [[operator, wanted] = ['', undefined], ...others] = Object.entries(rest);
  if (typeof variable !== 'string' || operator === '' || others.length > 0) {
    throw new DefinitionError(place, 'a rule has Variable and one operator, or one of And, Or, Not');
  }
  return parseTest({ variable: parsePath(variable, `${place}.Variable`), operator, wanted }, `${place}.${operator}`);
}

function parseLogic(operator: string, inner: unknown, place: string): Rule {
  if (operator === 'Not') {
    const rule = parseInner(inner, `${place}.Not`);
    return (scope) => !rule(scope);
  }
  if (!Array.isArray(inner) || inner.length === 0) throw new DefinitionError(`${place}.${operator}`, 'takes a list of rules');
  const rules = inner.map((one, index) => parseInner(one, `${place}.${operator}[${index}]`));
  return operator === 'And' ? (scope) => rules.every((rule) => rule(scope)) : (scope) => rules.some((rule) => rule(scope));
}

function parseInner(value: unknown, place: string): Rule {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DefinitionError(place, 'is no rule');
  if ('Next' in value) throw new DefinitionError(`${place}.Next`, 'only the outermost rule names the next state');
  return parseRule(value as Record<string, unknown>, place);
}

interface Test {
  readonly variable: Expression;
  readonly operator: string;
  readonly wanted: unknown;
}

function parseTest({ variable, operator, wanted }: Test, place: string): Rule {
  if (operator === 'IsPresent') {
    refuseUnless(booleans, wanted, place);
    return (scope) => (variable.evaluate(scope) !== undefined) === wanted;
  }
  const isOfType = Object.hasOwn(typeTests, operator) ? typeTests[operator] : undefined;
  if (isOfType !== undefined) {
    refuseUnless(booleans, wanted, place);
    return (scope) => isOfType(present(variable, scope)) === wanted;
  }
  if (operator === 'StringMatches') {
    refuseUnless(texts, wanted, place);
    const pattern = wildcard(wanted as string);
    return (scope) => {
      const value = present(variable, scope);
      return typeof value === 'string' && pattern.test(value);
    };
  }
  return parseComparison({ variable, operator, wanted }, place);
}

function parseComparison({ variable, operator, wanted }: Test, place: string): Rule {
  const plain = comparisons.get(operator);
  if (plain !== undefined) {
    refuseUnless(plain.operand, wanted, place);
    return (scope) => plain.compare(present(variable, scope), wanted);
  }
  const byPath = operator.endsWith('Path') ? comparisons.get(operator.slice(0, -4)) : undefined;
  if (byPath === undefined) throw new DefinitionError(place, 'no such operator');
  if (typeof wanted !== 'string') throw new DefinitionError(place, 'takes a path');
  const path = parsePath(wanted, place);
  return (scope) => {
    const other = present(path, scope);
    if (!byPath.operand.is(other))
      throw runtimeFailure(`The value at '${path.text}' that ${operator} compares with is not ${byPath.operand.kind}.`);
    return byPath.compare(present(variable, scope), other);
  };
}

function refuseUnless(operand: Operand, wanted: unknown, place: string): void {
  if (!operand.is(wanted)) throw new DefinitionError(place, `takes ${operand.kind}`);
}

function present(path: Expression, scope: Scope): unknown {
  const value = path.evaluate(scope);
  if (value === undefined)
    throw runtimeFailure(`Invalid path '${path.text}': The choice state's condition path references an invalid value.`);
  return value;
}

/** `*` stands for any characters; a backslash takes the asterisk or backslash after it for itself. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replaceAll(/\\([*\\])|\*+|[^*\\]+|\\/g, (piece, escaped?: string) =>
    piece.startsWith('*') ? '[^]*' : (escaped ?? piece).replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`),
  );
  return new RegExp(`^${source}$`);
}
