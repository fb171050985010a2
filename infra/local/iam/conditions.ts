import { arnMatches, globMatches } from './glob.ts';

/** Condition keys of a request and their values. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

interface Comparison {
  /** Whether one value of the request agrees with one value of the policy. For a negated operator: with the thing it negates. */
  readonly agrees: (wanted: string, given: string) => boolean;
  readonly negated: boolean;
}

type Quantifier = 'ForAllValues' | 'ForAnyValue' | undefined;

interface Operator {
  readonly comparison: Comparison;
  readonly quantifier: Quantifier;
  readonly ifExists: boolean;
}

const is = (agrees: Comparison['agrees']): Comparison => ({ agrees, negated: false });
const isNot = (agrees: Comparison['agrees']): Comparison => ({ agrees, negated: true });

const equal = (wanted: string, given: string) => wanted === given;
const equalIgnoringCase = (wanted: string, given: string) => wanted.toLowerCase() === given.toLowerCase();
const number = (holds: (given: number, wanted: number) => boolean) => (wanted: string, given: string) =>
  holds(Number(given), Number(wanted));
const sameNumber = number((given, wanted) => given === wanted);

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: is(equal),
  StringNotEquals: isNot(equal),
  StringEqualsIgnoreCase: is(equalIgnoringCase),
  StringNotEqualsIgnoreCase: isNot(equalIgnoringCase),
  StringLike: is(globMatches),
  StringNotLike: isNot(globMatches),
  // AWS treats the two spellings alike: both take wildcards.
  ArnEquals: is(arnMatches),
  ArnLike: is(arnMatches),
  ArnNotEquals: isNot(arnMatches),
  ArnNotLike: isNot(arnMatches),
  Bool: is(equalIgnoringCase),
  NumericEquals: is(sameNumber),
  NumericNotEquals: isNot(sameNumber),
  NumericLessThan: is(number((given, wanted) => given < wanted)),
  NumericLessThanEquals: is(number((given, wanted) => given <= wanted)),
  NumericGreaterThan: is(number((given, wanted) => given > wanted)),
  NumericGreaterThanEquals: is(number((given, wanted) => given >= wanted)),
};

const nullOperator = 'Null';
const ifExistsSuffix = 'IfExists';

/** Whether this stack knows a condition operator, prefix and suffix included. One it does not know must be refused at load, never ignored. */
export function isConditionOperator(name: string): boolean {
  return name === nullOperator || operatorOf(name) !== undefined;
}

/** Whether every operator and every key of a statement's `Condition` holds for a request. */
export function conditionsHold(conditions: Readonly<Record<string, RequestContext>>, context: RequestContext): boolean {
  return Object.entries(conditions).every(([name, keys]) =>
    Object.entries(keys).every(([key, wanted]) => conditionHolds(name, wanted, contextValues(context, key) ?? [])),
  );
}

function conditionHolds(name: string, wanted: readonly string[], given: readonly string[]): boolean {
  if (name === nullOperator) return wanted.some((value) => (value.toLowerCase() === 'true') === (given.length === 0));
  const operator = operatorOf(name);
  if (operator === undefined) throw new Error(`condition operator ${name} should have been refused at load`);
  if (given.length === 0) return holdsWithoutKey(operator);
  const passes = (value: string) => passesOne(operator.comparison, wanted, value);
  if (operator.quantifier === 'ForAllValues') return given.every(passes);
  // A negated operator without prefix means "none of them", as AWS evaluates a single-valued key.
  if (operator.quantifier === undefined && operator.comparison.negated) return given.every(passes);
  return given.some(passes);
}

function passesOne({ agrees, negated }: Comparison, wanted: readonly string[], given: string): boolean {
  return wanted.some((value) => agrees(value, given)) !== negated;
}

/** What a condition says of a request that lacks its key (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html). */
function holdsWithoutKey({ comparison, quantifier, ifExists }: Operator): boolean {
  if (ifExists || quantifier === 'ForAllValues') return true;
  return quantifier === undefined && comparison.negated;
}

function operatorOf(name: string): Operator | undefined {
  const [, quantifier, rest = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(name) ?? [];
  const ifExists = rest.endsWith(ifExistsSuffix);
  const plain = ifExists ? rest.slice(0, -ifExistsSuffix.length) : rest;
  const comparison = Object.hasOwn(comparisons, plain) ? comparisons[plain] : undefined;
  return comparison && { comparison, quantifier: quantifier as Quantifier, ifExists };
}

/** Names of condition keys are not case-sensitive. */
export function contextValues(context: RequestContext, key: string): readonly string[] | undefined {
  if (Object.hasOwn(context, key)) return context[key];
  const wanted = key.toLowerCase();
  const found = Object.keys(context).find((name) => name.toLowerCase() === wanted);
  return found === undefined ? undefined : context[found];
}
