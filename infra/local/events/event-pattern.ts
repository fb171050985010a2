/**
 * The pattern language that EventBridge rules and Lambda's event filters share.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 *
 * Rules that surprise: a pattern matches when every field it names matches; a list in the event matches when any of its elements does;
 * `exists` sees leaves alone, so an object never exists; an absent field matches nothing but `exists: false`.
 */
import { BlockList, isIP } from 'node:net';
import { TemplateError } from '../template/template-error.ts';

export type EventPattern = (event: unknown) => boolean;

type Scalar = string | number | boolean | null;
type Fields = Readonly<Record<string, unknown>>;
/** Decides on the leaves found under one field; none when the field is absent. */
type LeafTest = (leaves: readonly Scalar[]) => boolean;

/** Compiles a pattern as written in a template. Throws `TemplateError`, which begins with `at`, for what AWS would refuse. */
export function compilePattern(pattern: unknown, at: string): EventPattern {
  if (!isFields(pattern) || Object.keys(pattern).length === 0) throw new TemplateError(`${at}: an event pattern is an object with fields`);
  return fieldsPattern(pattern, at);
}

function fieldsPattern(pattern: Fields, at: string): EventPattern {
  const tests = Object.entries(pattern).map(([name, expected]) =>
    name === '$or' ? alternatives(expected, at) : fieldPattern(name, expected, `${at}.${name}`),
  );
  return (event) => tests.every((test) => test(event));
}

function alternatives(expected: unknown, at: string): EventPattern {
  if (!Array.isArray(expected) || expected.length < 2) throw new TemplateError(`${at}: $or takes a list of at least two patterns`);
  const tests = expected.map((pattern, index) => compilePattern(pattern, `${at}.$or[${index}]`));
  return (event) => tests.some((test) => test(event));
}

function fieldPattern(name: string, expected: unknown, at: string): EventPattern {
  if (Array.isArray(expected)) {
    if (expected.length === 0) throw new TemplateError(`${at}: an empty list matches nothing`);
    const tests = expected.map((matcher) => leafTest(matcher, at));
    return (event) => {
      const leaves = leavesOf(fieldOf(event, name));
      return tests.some((test) => test(leaves));
    };
  }
  if (!isFields(expected)) throw new TemplateError(`${at}: write the values that match as a list`);
  const within = fieldsPattern(expected, at);
  return (event) => {
    const value = fieldOf(event, name);
    return Array.isArray(value) ? value.some((element) => within(element)) : within(value);
  };
}

function fieldOf(event: unknown, name: string): unknown {
  return isFields(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}

function leavesOf(value: unknown): Scalar[] {
  if (Array.isArray(value)) return value.flatMap((element) => leavesOf(element));
  return isScalar(value) ? [value] : [];
}

function leafTest(matcher: unknown, at: string): LeafTest {
  if (isScalar(matcher)) return (leaves) => leaves.includes(matcher);
  if (!isFields(matcher) || Object.keys(matcher).length !== 1) throw new TemplateError(`${at}: a matcher is a value or has one operator`);
  const [[operator, operand]] = Object.entries(matcher) as [[string, unknown]];
  if (operator === 'exists') return existsTest(operand, at);
  const test = valueTest(operator, operand, `${at}.${operator}`);
  return (leaves) => leaves.some((leaf) => test(leaf));
}

function existsTest(operand: unknown, at: string): LeafTest {
  if (typeof operand !== 'boolean') throw new TemplateError(`${at}: exists takes true or false`);
  return (leaves) => leaves.length > 0 === operand;
}

type ValueTest = (leaf: Scalar) => boolean;

const operators: Readonly<Record<string, (operand: unknown, at: string) => ValueTest>> = {
  prefix: (operand, at) => affixTest(operand, at, (text, affix) => text.startsWith(affix)),
  suffix: (operand, at) => affixTest(operand, at, (text, affix) => text.endsWith(affix)),
  'equals-ignore-case': (operand, at) => {
    const wanted = textIn(operand, at).toLowerCase();
    return (leaf) => typeof leaf === 'string' && leaf.toLowerCase() === wanted;
  },
  wildcard: (operand, at) => wildcardTest(textIn(operand, at)),
  numeric: numericTest,
  cidr: cidrTest,
  'anything-but': anythingBut,
};

function valueTest(operator: string, operand: unknown, at: string): ValueTest {
  const build = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (build === undefined) throw new TemplateError(`${at}: no such operator in event patterns`);
  return build(operand, at);
}

function affixTest(operand: unknown, at: string, has: (text: string, affix: string) => boolean): ValueTest {
  if (isFields(operand)) {
    const affix = textIn(operand['equals-ignore-case'], at).toLowerCase();
    return (leaf) => typeof leaf === 'string' && has(leaf.toLowerCase(), affix);
  }
  const affix = textIn(operand, at);
  return (leaf) => typeof leaf === 'string' && has(leaf, affix);
}

/** `*` stands for any characters, `\*` and `\\` for themselves. */
function wildcardTest(pattern: string): ValueTest {
  const source = pattern.replaceAll(/\\([*\\])|\*|[^*\\]+|\\/g, (piece, escaped?: string) => {
    if (piece === '*') return '[^]*';
    return (escaped ?? piece).replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  });
  // Wildcards in a row would make the expression backtrack without matching more.
  const expression = new RegExp(`^${source.replaceAll(/(?:\[\^\]\*){2,}/g, '[^]*')}$`);
  return (leaf) => typeof leaf === 'string' && expression.test(leaf);
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function numericTest(operand: unknown, at: string): ValueTest {
  const parts = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4) throw new TemplateError(`${at}: takes a comparison and a number, once or twice`);
  const tests = Array.from({ length: parts.length / 2 }, (_, index) => {
    const compare = comparisons[String(parts[index * 2])];
    const bound: unknown = parts[index * 2 + 1];
    if (compare === undefined || typeof bound !== 'number') throw new TemplateError(`${at}: takes =, <, <=, > or >= and a number`);
    return (value: number) => compare(value, bound);
  });
  return (leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf));
}

function cidrTest(operand: unknown, at: string): ValueTest {
  const [address = '', bits = ''] = textIn(operand, at).split('/');
  const family = isIP(address);
  if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128))
    throw new TemplateError(`${at}: no such network`);
  const network = new BlockList();
  network.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return (leaf) => typeof leaf === 'string' && isIP(leaf) === family && network.check(leaf, family === 4 ? 'ipv4' : 'ipv6');
}

function anythingBut(operand: unknown, at: string): ValueTest {
  if (isFields(operand)) {
    const [[operator, excluded] = ['', undefined]] = Object.entries(operand);
    const tests = listOf(excluded).map((one) => valueTest(operator, one, at));
    if (tests.length === 0) throw new TemplateError(`${at}: takes values or one operator`);
    return (leaf) => typeof leaf === 'string' && !tests.some((test) => test(leaf));
  }
  const excluded = listOf(operand);
  if (excluded.length === 0 || !excluded.every((one) => isScalar(one))) throw new TemplateError(`${at}: takes values or one operator`);
  return (leaf) => !excluded.includes(leaf);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function textIn(value: unknown, at: string): string {
  if (typeof value !== 'string') throw new TemplateError(`${at}: takes a string`);
  return value;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
