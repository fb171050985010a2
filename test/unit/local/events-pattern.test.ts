import { describe, expect, it } from 'vitest';
import { batchVerdict } from '#infra/local/events/batch-response.ts';
import { compilePattern } from '#infra/local/events/event-pattern.ts';
import { compileFilters } from '#infra/local/events/filter-criteria.ts';
import { filterView, sqsRecord } from '#infra/local/events/sqs-record.ts';

const order = {
  source: 'shop',
  'detail-type': 'Order Placed',
  detail: {
    status: 'PAID',
    amount: 150,
    express: true,
    note: null,
    empty: '',
    tags: ['new', 'vip'],
    matrix: [[1], [2, 3]],
    address: { city: 'Jakarta', ip: '10.1.2.3' },
    lines: [
      { sku: 'a', count: 1 },
      { sku: 'b', count: 20 },
    ],
    none: [],
  },
};

const matches = (pattern: object) => compilePattern(pattern, 'rule')(order);
const inDetail = (pattern: object) => matches({ detail: pattern });

describe('an event pattern', () => {
  it.each<[string, object, boolean]>([
    ['equal text', { status: ['PAID'] }, true],
    ['one of several', { status: ['NEW', 'PAID'] }, true],
    ['text in another case', { status: ['paid'] }, false],
    ['equal number', { amount: [150] }, true],
    ['number as text', { amount: ['150'] }, false],
    ['boolean', { express: [true] }, true],
    ['null', { note: [null] }, true],
    ['null for an absent field', { absent: [null] }, false],
    ['empty text', { empty: [''] }, true],
    ['an element of a list', { tags: ['vip'] }, true],
    ['an element of a nested list', { matrix: [3] }, true],
    ['no element', { tags: ['old'] }, false],
    ['nested fields', { address: { city: ['Jakarta'] } }, true],
    ['a field of any object in a list', { lines: { sku: ['b'] } }, true],
    ['fields of one and the same object in a list', { lines: { sku: ['a'], count: [20] } }, false],
    ['all fields, not one', { status: ['PAID'], amount: [151] }, false],
    ['prefix', { status: [{ prefix: 'PA' }] }, true],
    ['prefix in another case', { status: [{ prefix: 'pa' }] }, false],
    ['prefix ignoring case', { status: [{ prefix: { 'equals-ignore-case': 'pa' } }] }, true],
    ['prefix of a number', { amount: [{ prefix: '1' }] }, false],
    ['suffix', { status: [{ suffix: 'ID' }] }, true],
    ['suffix ignoring case', { status: [{ suffix: { 'equals-ignore-case': 'id' } }] }, true],
    ['equals-ignore-case', { status: [{ 'equals-ignore-case': 'paid' }] }, true],
    ['wildcard', { address: { city: [{ wildcard: 'J*k*a' }] } }, true],
    ['wildcard that ends early', { address: { city: [{ wildcard: 'J*k' }] } }, false],
    ['several wildcards in a row', { address: { city: [{ wildcard: '***ta' }] } }, true],
    ['anything-but another text', { status: [{ 'anything-but': 'NEW' }] }, true],
    ['anything-but itself', { status: [{ 'anything-but': 'PAID' }] }, false],
    ['anything-but a list', { status: [{ 'anything-but': ['PAID', 'NEW'] }] }, false],
    ['anything-but a number', { amount: [{ 'anything-but': [1, 2] }] }, true],
    ['anything-but for an absent field', { absent: [{ 'anything-but': 'x' }] }, false],
    ['anything-but one element of a list', { tags: [{ 'anything-but': 'vip' }] }, true],
    ['anything-but a prefix', { status: [{ 'anything-but': { prefix: 'PA' } }] }, false],
    ['anything-but several suffixes', { status: [{ 'anything-but': { suffix: ['x', 'y'] } }] }, true],
    ['anything-but ignoring case', { status: [{ 'anything-but': { 'equals-ignore-case': ['paid'] } }] }, false],
    ['anything-but a wildcard', { status: [{ 'anything-but': { wildcard: 'P*D' } }] }, false],
    ['numeric equal', { amount: [{ numeric: ['=', 150] }] }, true],
    ['numeric range', { amount: [{ numeric: ['>', 100, '<=', 150] }] }, true],
    ['numeric range missed', { amount: [{ numeric: ['>=', 100, '<', 150] }] }, false],
    ['numeric on text', { status: [{ numeric: ['>', 0] }] }, false],
    ['exists', { status: [{ exists: true }] }, true],
    ['exists, absent', { absent: [{ exists: true }] }, false],
    ['exists false', { absent: [{ exists: false }] }, true],
    ['exists false, below an absent object', { absent: { deeper: [{ exists: false }] } }, true],
    ['exists on an object: only leaves exist', { address: [{ exists: true }] }, false],
    ['exists on an empty list', { none: [{ exists: true }] }, false],
    ['exists or a value', { absent: ['x', { exists: false }] }, true],
    ['a network', { address: { ip: [{ cidr: '10.0.0.0/8' }] } }, true],
    ['another network', { address: { ip: [{ cidr: '192.168.0.0/16' }] } }, false],
    ['$or of fields', { $or: [{ status: ['NEW'] }, { amount: [{ numeric: ['>', 100] }] }] }, true],
    ['$or of nothing that matches', { $or: [{ status: ['NEW'] }, { amount: [1] }] }, false],
    ['$or and a field', { $or: [{ status: ['PAID'] }, { amount: [1] }], express: [false] }, false],
  ])('of %s', (_name, pattern, expected) => {
    expect(inDetail(pattern)).toBe(expected);
  });

  it('takes an escaped asterisk for itself', () => {
    const test = compilePattern({ path: [{ wildcard: String.raw`a\*b*` }] }, 'rule');
    expect([test({ path: 'a*bc' }), test({ path: 'axbc' })]).toEqual([true, false]);
  });

  it('takes the signs of regular expressions for themselves', () => {
    const test = compilePattern({ path: [{ wildcard: '/a.b(c)[d]+^$|{e}?*' }] }, 'rule');
    expect([test({ path: '/a.b(c)[d]+^$|{e}?!' }), test({ path: '/aXb(c)[d]+^$|{e}?!' })]).toEqual([true, false]);
  });

  it.each<[unknown, RegExp]>([
    ['text', /is an object/],
    [{}, /is an object/],
    [{ a: 'text' }, /as a list/],
    [{ a: [] }, /empty list/],
    [{ a: [{ like: 'x' }] }, /no such operator/],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, /one operator/],
    [{ a: [{ prefix: 1 }] }, /takes a string/],
    [{ a: [{ exists: 'yes' }] }, /true or false/],
    [{ a: [{ numeric: ['~', 1] }] }, /takes =/],
    [{ a: [{ numeric: ['>'] }] }, /once or twice/],
    [{ a: [{ cidr: '10.0.0.0/40' }] }, /no such network/],
    [{ a: [{ 'anything-but': { like: 'x' } }] }, /no such operator/],
    [{ a: [{ 'anything-but': [] }] }, /takes values/],
    [{ $or: [{ a: [1] }] }, /at least two/],
    [{ a: { b: { $or: [{ c: 1 }, { d: [1] }] } } }, /rule\.a\.b\.\$or\[0\]\.c/],
  ])('%j is refused', (pattern, reason) => {
    expect(() => compilePattern(pattern, 'rule')).toThrow(reason);
  });
});

describe('the filter of a queue', () => {
  const view = (Body: string) =>
    filterView(sqsRecord({ MessageId: 'm', ReceiptHandle: 'r', Body, MD5OfBody: '' }, { arn: 'arn', region: 'r' }));
  const keeps = (pattern: object, body: string) =>
    compileFilters({ Filters: [{ Pattern: JSON.stringify(pattern) }] }, 'mapping')(view(body));

  it('looks into a body that is JSON', () => {
    expect(keeps({ body: { kind: ['a'] } }, '{"kind":"a"}')).toBe(true);
    expect(keeps({ body: { kind: ['a'] } }, '{"kind":"b"}')).toBe(false);
  });

  it('compares a plain body with a plain pattern, and never one kind with the other', () => {
    expect(keeps({ body: ['hello'] }, 'hello')).toBe(true);
    expect(keeps({ body: { kind: ['a'] } }, 'hello')).toBe(false);
    expect(keeps({ body: [{ prefix: '{' }] }, '{"kind":"a"}')).toBe(false);
  });

  it('keeps what any of its patterns matches, and all when it has none', () => {
    const either = compileFilters({ Filters: [{ Pattern: '{"body":["x"]}' }, { Pattern: '{"body":["y"]}' }] }, 'mapping');
    expect(['x', 'y', 'z'].map((body) => either(view(body)))).toEqual([true, true, false]);
    expect(compileFilters(undefined, 'mapping')(view('anything'))).toBe(true);
  });

  it('that is no JSON is refused', () => {
    expect(() => compileFilters({ Filters: [{ Pattern: '{' }] }, 'Mapping')).toThrow(
      'Mapping: FilterCriteria.Filters[0].Pattern: not JSON',
    );
  });
});

describe('what a function answers for its batch', () => {
  const known = new Set(['a', 'b']);

  it.each([[undefined], [null], [{}], [{ batchItemFailures: [] }], [{ batchItemFailures: null }]])('%j: all succeeded', (payload) => {
    expect(batchVerdict(payload, known)).toEqual({ kind: 'success' });
  });

  it('names of its items: those failed', () => {
    expect(batchVerdict({ batchItemFailures: [{ itemIdentifier: 'b' }] }, known)).toEqual({ kind: 'partial', failed: ['b'] });
  });

  it.each([
    ['text'],
    [[]],
    [{ batchItemFailures: {} }],
    [{ batchItemFailures: [{ itemIdentifier: '' }] }],
    [{ batchItemFailures: [{ itemIdentifier: null }] }],
    [{ batchItemFailures: [{ ItemIdentifier: 'a' }] }],
    [{ batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'stranger' }] }],
    [{ batchItemFailures: [null] }],
  ])('%j: all failed', (payload) => {
    expect(batchVerdict(payload, known)).toMatchObject({ kind: 'failure' });
  });
});
