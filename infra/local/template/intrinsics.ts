import { isResolvedAt } from '../secrets/dynamic-reference.ts';
import { TemplateError } from './template-error.ts';

/** What the intrinsic functions of one stack may look up. */
export interface Scope {
  /** A parameter, a pseudo-parameter or a resource. `noValue` removes the property that holds it. */
  reference(name: string, at: string): unknown;
  attribute(logicalId: string, attribute: string, at: string): unknown;
  condition(name: string, at: string): boolean;
  importValue(exportName: string, at: string): unknown;
  mapped(keys: { readonly map: string; readonly top: string; readonly second: string }): unknown;
}

/** What `AWS::NoValue` resolves to. */
export const noValue = Symbol('AWS::NoValue');

type Resolve = (value: unknown, at: string) => unknown;
type Intrinsic = (argument: unknown, at: string, context: { readonly scope: Scope; readonly resolve: Resolve }) => unknown;

/**
 * Replaces every intrinsic function in a value of a template by what CloudFormation would put there.
 * `at` names the place, logical id first, for error messages.
 */
export function resolver(scope: Scope): Resolve {
  const resolve: Resolve = (value, at) => {
    if (Array.isArray(value)) return value.map((entry, index) => resolve(entry, `${at}[${index}]`)).filter((entry) => entry !== noValue);
    if (typeof value === 'string') return refuseDynamicReference(value, at);
    if (typeof value !== 'object' || value === null) return value;
    const [call] = Object.entries(value);
    if (call !== undefined && Object.keys(value).length === 1) {
      const [name, argument] = call;
      const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
      if (intrinsic !== undefined) return intrinsic(argument, at, { scope, resolve });
      if (name.startsWith('Fn::')) throw new TemplateError(`${at}: ${name} is not supported`);
    }
    return resolveRecord(value, at, resolve);
  };
  return resolve;
}

function resolveRecord(value: object, at: string, resolve: Resolve): Record<string, unknown> {
  const entries = Object.entries(value).map(([key, entry]) => [key, resolve(entry, `${at}.${key}`)] as const);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== noValue));
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, at, { scope }) => scope.reference(text(name, at), at),
  Condition: conditionOrValue,
  'Fn::GetAtt': getAttribute,
  'Fn::Join': (argument, at, { resolve }) => {
    const [separator, parts] = tuple(argument, 2, at);
    return list(resolve(parts, at), at)
      .map((part) => scalar(part, at))
      .join(text(separator, at));
  },
  'Fn::Sub': substitute,
  'Fn::Select': (argument, at, { resolve }) => {
    const [index, from] = tuple(argument, 2, at);
    const values = list(resolve(from, at), at);
    const position = Number(resolve(index, at));
    if (!(position in values)) throw new TemplateError(`${at}: Fn::Select ${position} of a list of ${values.length}`);
    return values[position];
  },
  'Fn::Split': (argument, at, { resolve }) => {
    const [separator, from] = tuple(argument, 2, at);
    return scalar(resolve(from, at), at).split(text(separator, at));
  },
  'Fn::If': (argument, at, { scope, resolve }) => {
    const [name, whenTrue, whenFalse] = tuple(argument, 3, at);
    return resolve(scope.condition(text(name, at), at) ? whenTrue : whenFalse, at);
  },
  'Fn::Equals': (argument, at, { resolve }) => {
    const [left, right] = tuple(argument, 2, at);
    return scalar(resolve(left, at), at) === scalar(resolve(right, at), at);
  },
  'Fn::And': (argument, at, { resolve }) => list(argument, at).every((entry) => truth(resolve(entry, at), at)),
  'Fn::Or': (argument, at, { resolve }) => list(argument, at).some((entry) => truth(resolve(entry, at), at)),
  'Fn::Not': (argument, at, { resolve }) => !truth(resolve(tuple(argument, 1, at)[0], at), at),
  'Fn::FindInMap': (argument, at, { scope, resolve }) => {
    const [map, top, second, fallback] = list(argument, at).map((entry) => resolve(entry, at));
    const found = scope.mapped({ map: scalar(map, at), top: scalar(top, at), second: scalar(second, at) });
    if (found !== undefined) return resolve(found, at);
    if (typeof fallback === 'object' && fallback !== null && 'DefaultValue' in fallback) return fallback.DefaultValue;
    throw new TemplateError(`${at}: Fn::FindInMap finds nothing under ${String(map)}.${String(top)}.${String(second)}`);
  },
  'Fn::ImportValue': (name, at, { scope, resolve }) => scope.importValue(scalar(resolve(name, at), at), at),
  'Fn::Base64': (value, at, { resolve }) => Buffer.from(scalar(resolve(value, at), at)).toString('base64'),
  'Fn::Length': (value, at, { resolve }) => list(resolve(value, at), at).length,
  'Fn::ToJsonString': (value, at, { resolve }) => JSON.stringify(resolve(value, at)),
};

/** `{"Condition": "Name"}` is a call among conditions only; in properties it is an ordinary key, as in a policy statement. */
function conditionOrValue(argument: unknown, at: string, { scope, resolve }: Parameters<Intrinsic>[2]): unknown {
  if (at.startsWith(conditionsAt)) return scope.condition(text(argument, at), at);
  return { Condition: resolve(argument, `${at}.Condition`) };
}

/** Prefix of the place of everything in the `Conditions` section. */
export const conditionsAt = 'Conditions.';

function getAttribute(argument: unknown, at: string, { scope, resolve }: Parameters<Intrinsic>[2]): unknown {
  const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : list(argument, at).map((part) => resolve(part, at));
  if (rest.length === 0) throw new TemplateError(`${at}: Fn::GetAtt needs a resource and an attribute`);
  return scope.attribute(text(logicalId, at), rest.map((part) => scalar(part, at)).join('.'), at);
}

function substitute(argument: unknown, at: string, { scope, resolve }: Parameters<Intrinsic>[2]): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : tuple(argument, 2, at);
  const given = resolve(variables, at) as Readonly<Record<string, unknown>>;
  return text(template, at).replaceAll(/\$\{(!?)([^}]*)\}/g, (_, literal: string, rawName: string) => {
    if (literal !== '') return `\${${rawName}}`;
    const name = rawName.trim();
    if (Object.hasOwn(given, name)) return scalar(given[name], at);
    const dot = name.indexOf('.');
    if (dot < 0) return scalar(scope.reference(name, at), at);
    return scalar(scope.attribute(name.slice(0, dot), name.slice(dot + 1), at), at);
  });
}

function refuseDynamicReference(value: string, at: string): string {
  if (value.includes('{{resolve:') && !isResolvedAt(value, at))
    throw new TemplateError(`${at}: dynamic references are not supported (${value})`);
  return value;
}

function text(value: unknown, at: string): string {
  if (typeof value !== 'string') throw new TemplateError(`${at}: expected a string, found ${JSON.stringify(value)}`);
  return value;
}

/** CloudFormation writes numbers and truth values into strings as JSON would. */
function scalar(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${at}: expected a single value, found ${typeof value === 'symbol' ? String(value) : JSON.stringify(value)}`);
}

function truth(value: unknown, at: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new TemplateError(`${at}: expected a condition, found ${JSON.stringify(value)}`);
}

function list(value: unknown, at: string): unknown[] {
  if (!Array.isArray(value)) throw new TemplateError(`${at}: expected a list, found ${JSON.stringify(value)}`);
  return value;
}

function tuple(value: unknown, length: number, at: string): unknown[] {
  const values = list(value, at);
  if (values.length !== length) throw new TemplateError(`${at}: expected ${length} arguments, found ${values.length}`);
  return values;
}
