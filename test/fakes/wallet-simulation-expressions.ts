/**
 * DynamoDB's expressions, as far as the wallet writes them: conditions of keys, filters and writes, and updates. Anything else throws, so that
 * nothing is taken for true that was not understood.
 */
import type { Item } from '#shared/platform/dynamodb.ts';

export interface Bindings {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

type Value = (item: Item, bindings: Bindings) => unknown;
type Condition = (item: Item, bindings: Bindings) => boolean;
type Update = (item: Item, bindings: Bindings) => Item;

/** Compiled once for each text: a simulation evaluates few texts very often. An item that is not there has no attributes. */
export const conditionOf = remembered<Condition>((text) => {
  const tokens = tokensOf(text);
  const condition = anyOf(tokens);
  if (tokens.length > 0) throw new SyntaxError(`Behind ${text}: ${tokens.join(' ')}`);
  return condition;
});

export const updateOf = remembered<Update>((text) => {
  const tokens = tokensOf(text);
  const clauses: Update[] = [];
  let word = '';
  while (tokens.length > 0) {
    if (tokens[0] !== ',') word = take(tokens).toUpperCase();
    else take(tokens);
    clauses.push(clauseOf(tokens, word));
  }
  return (item, bindings) => clauses.reduce((current, clause) => clause(current, bindings), item);
});

function remembered<T>(compile: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const compiled = known.get(text) ?? compile(text);
    known.set(text, compiled);
    return compiled;
  };
}

function tokensOf(text: string): string[] {
  const tokens = text.match(/<=|>=|<>|[=<>(),]|[#:]?\w+/g) ?? [];
  if (tokens.join('') !== text.replaceAll(/\s/g, '')) throw new SyntaxError(`An expression that is not understood: ${text}`);
  return tokens;
}

function take(tokens: string[], expected?: string): string {
  const token = tokens.shift();
  if (token === undefined || (expected !== undefined && token.toUpperCase() !== expected))
    throw new SyntaxError(`${token} where ${expected ?? 'something'} was expected`);
  return token;
}

const isNext = (tokens: readonly string[], word: string): boolean => tokens[0]?.toUpperCase() === word;

function anyOf(tokens: string[]): Condition {
  const parts = [allOf(tokens)];
  while (isNext(tokens, 'OR')) {
    take(tokens);
    parts.push(allOf(tokens));
  }
  return (item, bindings) => parts.some((part) => part(item, bindings));
}

function allOf(tokens: string[]): Condition {
  const parts = [oneOf(tokens)];
  while (isNext(tokens, 'AND')) {
    take(tokens);
    parts.push(oneOf(tokens));
  }
  return (item, bindings) => parts.every((part) => part(item, bindings));
}

function oneOf(tokens: string[]): Condition {
  if (isNext(tokens, '(')) {
    take(tokens);
    const inner = anyOf(tokens);
    take(tokens, ')');
    return inner;
  }
  return tokens[1] === '(' ? questionOf(tokens) : comparisonOf(tokens);
}

function questionOf(tokens: string[]): Condition {
  const name = take(tokens);
  take(tokens, '(');
  const subject = valueOf(tokens);
  if (name === 'begins_with') {
    take(tokens, ',');
    const prefix = valueOf(tokens);
    take(tokens, ')');
    return (item, bindings) => {
      const [text, start] = [subject(item, bindings), prefix(item, bindings)];
      return typeof text === 'string' && typeof start === 'string' && text.startsWith(start);
    };
  }
  take(tokens, ')');
  if (name === 'attribute_exists') return (item, bindings) => subject(item, bindings) !== undefined;
  if (name === 'attribute_not_exists') return (item, bindings) => subject(item, bindings) === undefined;
  throw new SyntaxError(`The function ${name} is not understood`);
}

type Comparable = string | number;
const comparisons: Readonly<Record<string, (a: Comparable, b: Comparable) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function comparisonOf(tokens: string[]): Condition {
  const left = valueOf(tokens);
  const operator = take(tokens).toUpperCase();
  const right = valueOf(tokens);
  if (operator === 'BETWEEN') {
    take(tokens, 'AND');
    const upper = valueOf(tokens);
    return (item, bindings) =>
      compared('>=', left(item, bindings), right(item, bindings)) && compared('<=', left(item, bindings), upper(item, bindings));
  }
  return (item, bindings) => compared(operator, left(item, bindings), right(item, bindings));
}

/** Nothing compares to an attribute that is not there, or that is of another type: that is never true. */
function compared(operator: string, left: unknown, right: unknown): boolean {
  const compare = comparisons[operator];
  if (compare === undefined) throw new SyntaxError(`The comparison ${operator} is not understood`);
  return left !== undefined && typeof left === typeof right && compare(left as Comparable, right as Comparable);
}

/** An attribute, or a value that was bound. */
function valueOf(tokens: string[]): Value {
  const token = take(tokens);
  if (token === 'if_not_exists') {
    take(tokens, '(');
    const attribute = valueOf(tokens);
    take(tokens, ',');
    const otherwise = valueOf(tokens);
    take(tokens, ')');
    return (item, bindings) => attribute(item, bindings) ?? otherwise(item, bindings);
  }
  if (token.startsWith(':')) return (_, { values }) => bound(values, token);
  if (token.startsWith('#')) return (item, { names }) => item[bound(names, token)];
  return (item) => item[token];
}

function bound<T>(bindings: Readonly<Record<string, T>>, token: string): T {
  if (!(token in bindings)) throw new SyntaxError(`${token} is not bound`);
  return bindings[token] as T;
}

function clauseOf(tokens: string[], word: string): Update {
  const token = take(tokens);
  const nameIn = ({ names }: Bindings): string => (token.startsWith('#') ? bound(names, token) : token);
  if (word === 'REMOVE') {
    return (item, bindings) => {
      const { [nameIn(bindings)]: _removed, ...rest } = item;
      return rest;
    };
  }
  if (word === 'SET') take(tokens, '=');
  else if (word !== 'ADD') throw new SyntaxError(`The clause ${word} is not understood`);
  const value = valueOf(tokens);
  return (item, bindings) => {
    const [name, given] = [nameIn(bindings), value(item, bindings)];
    return { ...item, [name]: word === 'SET' ? given : Number(item[name] ?? 0) + Number(given) };
  };
}
