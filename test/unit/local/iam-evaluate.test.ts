import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDenied } from '#infra/local/iam/evaluate.ts';
import { globMatches } from '#infra/local/iam/glob.ts';
import { isConditionOperator } from '#infra/local/iam/conditions.ts';
import type { AccessRequest, PolicyStatement } from '#infra/local/ports.ts';

const table = 'arn:aws:dynamodb:ap-southeast-3:000000000000:table/xm-logs';

function allow(statement: Partial<PolicyStatement> = {}): PolicyStatement {
  return { effect: 'Allow', actions: ['dynamodb:PutItem'], resources: [table], conditions: {}, ...statement };
}

function ask(request: Partial<AccessRequest> = {}): AccessRequest {
  return { action: 'dynamodb:PutItem', resource: table, context: {}, ...request };
}

const granted = (statements: PolicyStatement[], request: AccessRequest) => firstDenied(statements, [request]) === undefined;

function underCondition(conditions: PolicyStatement['conditions'], context: AccessRequest['context']): boolean {
  return granted([allow({ conditions })], ask({ context }));
}

describe('patterns', () => {
  const characters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.', '/'), maxLength: 12 });

  it('match as a regular expression of the same meaning would', () => {
    fc.assert(
      fc.property(characters, characters, (pattern, text) => {
        const parts = pattern
          .split('')
          .map((character) => ({ '*': '.*', '?': '.' })[character] ?? `\\${character}`.replace(/^\\([ab])$/, '$1'));
        expect(globMatches(pattern, text)).toBe(new RegExp(`^${parts.join('')}$`, 's').test(text));
      }),
    );
  });
});

describe('who may do what', () => {
  it('grants nothing that no statement allows, and everything to the operator', () => {
    expect(firstDenied([], [ask()])).toEqual(ask());
    expect(firstDenied(undefined, [ask()])).toBeUndefined();
  });

  it('lets an explicit deny win, wherever it stands', () => {
    const deny = allow({ effect: 'Deny', actions: ['dynamodb:*'] });
    expect(granted([deny, allow()], ask())).toBe(false);
    expect(granted([allow(), deny], ask())).toBe(false);
  });

  it('names the first of several requests that is not granted', () => {
    const other = ask({ resource: `${table}-other` });
    expect(firstDenied([allow()], [ask(), other, ask({ action: 'dynamodb:DeleteItem' })])).toBe(other);
  });

  it('matches actions with wildcards and without regard to case', () => {
    expect(granted([allow({ actions: ['DynamoDB:put*'] })], ask())).toBe(true);
    expect(granted([allow({ actions: ['dynamodb:???Item'] })], ask())).toBe(true);
    expect(granted([allow({ actions: ['dynamodb:Put'] })], ask())).toBe(false);
  });

  it('keeps a resource wildcard within its segment of the ARN, and lets the last one run on', () => {
    const resources = (pattern: string) => granted([allow({ resources: [pattern] })], ask());
    expect(resources('arn:aws:dynamodb:*:*:table/*')).toBe(true);
    expect(resources('arn:aws:dynamodb:*')).toBe(true);
    expect(resources('arn:aws:dynamodb')).toBe(true);
    expect(resources('arn:aws:*:table/xm-logs')).toBe(false);
    expect(resources('arn:aws:dynamodb:*:*:table/xm-LOGS')).toBe(false);
    expect(granted([allow({ resources: ['arn:aws:s3:::b/*'] })], ask({ resource: 'arn:aws:s3:::b/a:b/c' }))).toBe(true);
  });

  it('needs an index of its own, as a grant on the table alone does not cover it', () => {
    expect(granted([allow()], ask({ resource: `${table}/index/by-level` }))).toBe(false);
  });

  it('stays quick on a pattern made to back-track', () => {
    const resource = 'a'.repeat(5_000);
    expect(granted([allow({ resources: [`${'*a'.repeat(50)}b`] })], ask({ resource }))).toBe(false);
  });
});

describe('conditions', () => {
  it('compare strings, numbers, truth and ARNs', () => {
    expect(underCondition({ StringEquals: { k: ['a', 'b'] } }, { k: ['b'] })).toBe(true);
    expect(underCondition({ StringEquals: { k: ['a*'] } }, { k: ['ab'] })).toBe(false);
    expect(underCondition({ StringLike: { k: ['a*'] } }, { k: ['ab'] })).toBe(true);
    expect(underCondition({ StringNotEquals: { k: ['a', 'b'] } }, { k: ['b'] })).toBe(false);
    expect(underCondition({ NumericLessThanEquals: { k: ['10'] } }, { k: ['9.5'] })).toBe(true);
    expect(underCondition({ NumericGreaterThan: { k: ['10'] } }, { k: ['ten'] })).toBe(false);
    expect(underCondition({ Bool: { k: ['true'] } }, { k: ['True'] })).toBe(true);
    expect(underCondition({ ArnLike: { k: ['arn:aws:s3:::*'] } }, { k: ['arn:aws:s3:::logs'] })).toBe(true);
  });

  it('fail on a missing key, save when negated or asked only if it exists', () => {
    expect(underCondition({ StringEquals: { k: ['a'] } }, {})).toBe(false);
    expect(underCondition({ StringEqualsIfExists: { k: ['a'] } }, {})).toBe(true);
    expect(underCondition({ StringEqualsIfExists: { k: ['a'] } }, { k: ['b'] })).toBe(false);
    expect(underCondition({ StringNotEquals: { k: ['a'] } }, {})).toBe(true);
    expect(underCondition({ Null: { k: ['true'] } }, {})).toBe(true);
    expect(underCondition({ Null: { k: ['false'] } }, {})).toBe(false);
    expect(underCondition({ Null: { k: ['false'] } }, { k: ['x'] })).toBe(true);
  });

  it('quantify over many values', () => {
    const keys = { 'dynamodb:LeadingKeys': ['member#1', 'member#2'] };
    const wanted = (value: string) => ({ 'dynamodb:LeadingKeys': [value] });
    expect(underCondition({ 'ForAllValues:StringLike': wanted('member#*') }, keys)).toBe(true);
    expect(underCondition({ 'ForAllValues:StringEquals': wanted('member#1') }, keys)).toBe(false);
    expect(underCondition({ 'ForAnyValue:StringEquals': wanted('member#1') }, keys)).toBe(true);
    expect(underCondition({ 'ForAllValues:StringEquals': wanted('member#1') }, {})).toBe(true);
    expect(underCondition({ 'ForAnyValue:StringEquals': wanted('member#1') }, {})).toBe(false);
    expect(underCondition({ 'ForAnyValue:StringNotEquals': wanted('member#1') }, keys)).toBe(true);
    expect(underCondition({ 'ForAllValues:StringNotEquals': wanted('member#3') }, keys)).toBe(true);
  });

  it('must all hold, for every operator and every key', () => {
    const conditions = { StringEquals: { a: ['1'], b: ['2'] }, Bool: { c: ['true'] } };
    expect(underCondition(conditions, { a: ['1'], b: ['2'], c: ['true'] })).toBe(true);
    expect(underCondition(conditions, { a: ['1'], b: ['3'], c: ['true'] })).toBe(false);
    expect(underCondition(conditions, { a: ['1'], b: ['2'], c: ['false'] })).toBe(false);
  });

  it('take names of keys without regard to case', () => {
    expect(underCondition({ StringEquals: { 'AWS:sourceaccount': ['1'] } }, { 'aws:SourceAccount': ['1'] })).toBe(true);
  });

  it('count the loopback as TLS, so that a deny of plain HTTP does not fire', () => {
    const denyPlain = allow({ effect: 'Deny', conditions: { Bool: { 'aws:SecureTransport': ['false'] } } });
    expect(granted([allow(), denyPlain], ask())).toBe(true);
  });

  it('fill policy variables from the request, and match nothing when there is no such key', () => {
    const statement = allow({ conditions: { StringEquals: { owner: ['${aws:PrincipalAccount}'] } } });
    expect(granted([statement], ask({ context: { owner: ['1'], 'aws:PrincipalAccount': ['1'] } }))).toBe(true);
    expect(granted([statement], ask({ context: { owner: ['1'] } }))).toBe(false);
    expect(granted([allow({ resources: ['${aws:username}'] })], ask())).toBe(false);
  });

  it('know their operators', () => {
    for (const name of ['StringEquals', 'ForAllValues:StringLikeIfExists', 'Null', 'NumericLessThan'])
      expect(isConditionOperator(name)).toBe(true);
    for (const name of ['StringEqual', 'DateLessThan', 'ForSomeValues:Bool', 'toString', '']) expect(isConditionOperator(name)).toBe(false);
  });
});
