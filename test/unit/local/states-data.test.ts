import { afterEach, describe, expect, it } from 'vitest';
import { parseJsonPath, parseReferencePath } from '#infra/local/states/json-path.ts';
import { closeWorlds, passed, single, world } from './states-world.ts';

afterEach(closeWorlds);

const shop = {
  store: {
    book: [
      { price: 8, by: 'a' },
      { price: 12, by: 'b', isbn: 'x' },
      { price: 22, by: 'c' },
    ],
    'open hours': [9, 17],
  },
  'a-b_c1': 1,
  naïve: true,
  empty: {},
  nothing: null,
};

describe('a JSON path', () => {
  it.each<[string, unknown]>([
    ['$', shop],
    ['$.store.book[0].price', 8],
    ['$.store.book[-1].by', 'c'],
    ["$['store']['open hours'][1]", 17],
    ['$["a-b_c1"]', 1],
    ['$.a-b_c1', 1],
    ['$.naïve', true],
    ['$.nothing', null],
    ['$.missing', undefined],
    ['$.store.book[9]', undefined],
    ['$.store.book.price', undefined],
    ['$.toString', undefined],
    ['$.store.book[*].by', ['a', 'b', 'c']],
    ['$.store.book[*].missing', []],
    ['$.store.book[0,2].by', ['a', 'c']],
    ['$.store.book[1:].by', ['b', 'c']],
    ['$.store.book[:2].by', ['a', 'b']],
    ['$.store.book[-2:].by', ['b', 'c']],
    ['$.store.book[::2].by', ['a', 'c']],
    ["$.store.book[0]['by','price']", ['a', 8]],
    ['$..price', [8, 12, 22]],
    ['$..book[1].by', ['b']],
    ['$.store.*', [shop.store.book, [9, 17]]],
    ['$.store.book[?(@.price > 10)].by', ['b', 'c']],
    ["$.store.book[?(@.by == 'a' || @.price >= 22)].price", [8, 22]],
    ['$.store.book[?(@.isbn)].by', ['b']],
    ['$.store.book[?(!@.isbn && @.price < 10)].by', ['a']],
    ["$.store.book[?(@.price > $.store['open hours'][0])].by", ['b', 'c']],
    ['$.store.book[?(@[\'by\'] != "b")].by', ['a', 'c']],
  ])('%s', (path, expected) => {
    expect(parseJsonPath(path).evaluate(shop)).toEqual(expected);
  });

  it.each([
    '',
    'store',
    '$store',
    '$.',
    '$..',
    '$.a.',
    '$[',
    '$[]',
    "$['a]",
    '$[1',
    '$[a]',
    '$.a[0',
    '$.length()',
    '$.a b',
    '$[::-1]',
    '$[?(@.a =~ /b/)]',
    '$[?(@.a in [1])]',
    '$[?(]',
  ])('%j is refused', (path) => {
    expect(() => parseJsonPath(path)).toThrow(expect.objectContaining({ name: 'JsonPathError' }));
  });

  it('that is a reference names one place', () => {
    expect(parseReferencePath("$.a['b c'][0].d")).toEqual(['a', 'b c', 0, 'd']);
    for (const path of ['$.a[*]', '$..a', '$.a[0:1]', '$.a[-1]', '$.a[?(@.b)]'])
      expect(() => parseReferencePath(path)).toThrow(/one place/);
  });
});

describe('data through a state', () => {
  const input = { a: { b: 1 }, list: [1, 2], keep: true };

  it.each<[string, object, unknown]>([
    ['nothing said: input is output', {}, input],
    ['InputPath', { InputPath: '$.a' }, { b: 1 }],
    ['InputPath null', { InputPath: null }, {}],
    ['OutputPath', { OutputPath: '$.list' }, [1, 2]],
    ['OutputPath null', { OutputPath: null }, {}],
    ['OutputPath that finds several', { OutputPath: '$.list[*]' }, [1, 2]],
    ['Result', { Result: { r: 1 } }, { r: 1 }],
    ['Result null', { Result: null }, null],
    ['ResultPath adds to the input', { Result: 1, ResultPath: '$.new.deep' }, { ...input, new: { deep: 1 } }],
    ['ResultPath replaces within', { Result: 1, ResultPath: '$.a.b' }, { ...input, a: { b: 1 } }],
    ['ResultPath into a list', { Result: 9, ResultPath: '$.list[1]' }, { ...input, list: [1, 9] }],
    ['ResultPath null drops the result', { Result: 1, ResultPath: null }, input],
    ['ResultPath goes to the raw input, not to what InputPath left', { InputPath: '$.a', ResultPath: '$.c' }, { ...input, c: { b: 1 } }],
    ['Parameters', { Parameters: { 'x.$': '$.a.b', y: 2, deep: [{ 'z.$': '$.list[0]' }] } }, { x: 1, y: 2, deep: [{ z: 1 }] }],
    ['Parameters after InputPath', { InputPath: '$.a', Parameters: { 'x.$': '$.b' } }, { x: 1 }],
    [
      'Parameters from the context',
      { Parameters: { 'name.$': '$$.State.Name', 'input.$': '$$.Execution.Input.a.b' } },
      { name: 'S', input: 1 },
    ],
    ['Parameters with an intrinsic function', { Parameters: { 'x.$': "States.Format('{}-{}', $.a.b, 'c')" } }, { x: '1-c' }],
  ])('%s', async (_name, fields, expected) => {
    expect(await passed(fields, input)).toEqual(expected);
  });

  it.each<[string, object, string]>([
    ['InputPath that leads nowhere', { InputPath: '$.none' }, 'States.Runtime'],
    ['OutputPath that leads nowhere', { OutputPath: '$.none' }, 'States.Runtime'],
    ['Parameters that lead nowhere', { Parameters: { 'x.$': '$.none' } }, 'States.ParameterPathFailure'],
    ['ResultPath through a number', { Result: 1, ResultPath: '$.keep.x' }, 'States.ResultPathMatchFailure'],
    ['ResultPath past the end of a list', { Result: 1, ResultPath: '$.list[2]' }, 'States.ResultPathMatchFailure'],
  ])('%s fails with %s', async (_name, fields, error) => {
    expect(await passed(fields, input)).toMatchObject({ status: 'FAILED', error });
  });

  it('says which path of which field led nowhere', async () => {
    const outcome = (await passed({ InputPath: '$.none' }, { a: 1 })) as { cause: string };
    expect(outcome.cause).toBe(`The JSONPath '$.none' specified for the field 'InputPath' could not be found in the input '{"a":1}'`);
  });

  it('gives the context object its members', async () => {
    const { clock, start, states, describe } = await world(single({ Type: 'Pass', Parameters: { 'all.$': '$$' } }));
    const arn = await start({ x: 1 }, 'named');
    await states.settled(1_000);
    const { all } = JSON.parse((await describe(arn)).output ?? '') as { all: Record<string, Record<string, unknown>> };
    expect(all).toEqual({
      Execution: { Id: arn, Input: { x: 1 }, Name: 'named', RoleArn: expect.any(String), StartTime: expect.any(String), RedriveCount: 0 },
      State: { EnteredTime: expect.any(String), Name: 'S', RetryCount: 0 },
      StateMachine: { Id: expect.stringContaining(':stateMachine:machine'), Name: 'machine' },
    });
    expect(Math.abs(Date.parse(String(all['Execution']?.['StartTime'])) - clock.now())).toBeLessThan(2_000);
  });
});

describe('an intrinsic function', () => {
  const data = {
    name: 'Ana',
    n: 7,
    list: [1, 2, 2, { a: 1 }, { a: 1 }],
    json: '{"a":[1]}',
    obj: { a: 1 },
    csv: 'a,b;c,,d',
    long: 'x'.repeat(10_001),
  };

  it.each<[string, unknown]>([
    ["States.Format('Hello {}, you are {}', $.name, $.n)", 'Hello Ana, you are 7'],
    ["States.Format('{}', null)", 'null'],
    [String.raw`States.Format('\{\} \\ \' {}', true)`, String.raw`{} \ ' true`],
    ["States.Format('no places')", 'no places'],
    ['States.StringToJson($.json)', { a: [1] }],
    ['States.JsonToString($.obj)', '{"a":1}'],
    ["States.StringSplit($.csv, ',;')", ['a', 'b', 'c', 'd']],
    ["States.Array($.n, 'x', null, -1.5, true)", [7, 'x', null, -1.5, true]],
    ['States.Array()', []],
    ['States.ArrayPartition($.list, 2)', [[1, 2], [2, { a: 1 }], [{ a: 1 }]]],
    ['States.ArrayContains($.list, $.obj)', true],
    ['States.ArrayContains($.list, 9)', false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayGetItem($.list, 3)', { a: 1 }],
    ['States.ArrayLength($.list)', 5],
    ['States.ArrayUnique($.list)', [1, 2, { a: 1 }]],
    ["States.Base64Encode('Hä')", 'SMOk'],
    ["States.Base64Decode('SMOk')", 'Hä'],
    ["States.Hash('abc', 'SHA-256')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['States.JsonMerge($.obj, $.obj, false)', { a: 1 }],
    ['States.MathAdd($.n, -8)', -1],
    ["States.ArrayGetItem(States.StringSplit('a-b', '-'), States.MathAdd(0, 1))", 'b'],
    ["States.Format('{}', States.ArrayLength($.list[?(@.a == 1)]))", '2'],
  ])('%s', async (expression, expected) => {
    expect(await passed({ Parameters: { 'x.$': expression } }, data)).toEqual({ x: expected });
  });

  it.each([
    "States.Format('{} {}', 1)",
    "States.Format('{}', $.obj)",
    "States.Format('{')",
    "States.StringToJson('{')",
    'States.ArrayPartition($.list, 0)',
    'States.ArrayRange(1, 5000, 1)',
    'States.ArrayRange(1, 5, 0)',
    'States.ArrayGetItem($.list, 5)',
    'States.ArrayLength($.obj)',
    'States.Base64Encode($.long)',
    "States.Hash('a', 'CRC32')",
    'States.JsonMerge($.obj, $.obj, true)',
    'States.MathAdd(2147483647, 1)',
    'States.MathRandom(5, 5)',
    'States.JsonToString($.none)',
  ])('%s fails with States.IntrinsicFailure', async (expression) => {
    expect(await passed({ Parameters: { 'x.$': expression } }, data)).toMatchObject({ error: 'States.IntrinsicFailure' });
  });

  it('draws ids and numbers', async () => {
    const drawn = await passed({ Parameters: { 'id.$': 'States.UUID()', 'n.$': 'States.MathRandom(3, 5)' } }, {});
    expect(drawn).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), n: expect.toBeOneOf([3, 4]) });
  });
});

describe('a choice', () => {
  const input = {
    s: 'abc',
    n: 5,
    b: true,
    t: '2026-01-01T00:00:00Z',
    t2: '2026-01-01T01:00:00+01:00',
    nil: null,
    other: { s: 'abc', n: 4, t: '2025-01-01T00:00:00Z', b: false },
    star: 'a*c',
  };

  async function chosen(rule: object): Promise<unknown> {
    const definition = {
      StartAt: 'C',
      States: {
        C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Pass', Result: true, End: true },
        No: { Type: 'Pass', Result: false, End: true },
      },
    };
    const { status, output, error } = await (await world(definition)).run(input);
    return status === 'SUCCEEDED' ? JSON.parse(output ?? '') : error;
  }

  it.each<[object, unknown]>([
    [{ Variable: '$.s', StringEquals: 'abc' }, true],
    [{ Variable: '$.s', StringEquals: 'ABC' }, false],
    [{ Variable: '$.n', StringEquals: '5' }, false],
    [{ Variable: '$.s', StringLessThan: 'abd' }, true],
    [{ Variable: '$.s', StringGreaterThan: 'abc' }, false],
    [{ Variable: '$.s', StringLessThanEquals: 'abc' }, true],
    [{ Variable: '$.s', StringGreaterThanEquals: 'abd' }, false],
    [{ Variable: '$.s', StringEqualsPath: '$.other.s' }, true],
    [{ Variable: '$.s', StringMatches: 'a*' }, true],
    [{ Variable: '$.s', StringMatches: '*b' }, false],
    [{ Variable: '$.star', StringMatches: String.raw`a\*c` }, true],
    [{ Variable: '$.s', StringMatches: String.raw`a\*c` }, false],
    [{ Variable: '$.s', StringMatches: 'a.c' }, false],
    [{ Variable: '$.n', NumericEquals: 5 }, true],
    [{ Variable: '$.n', NumericGreaterThan: 4.9 }, true],
    [{ Variable: '$.n', NumericLessThan: 5 }, false],
    [{ Variable: '$.n', NumericGreaterThanPath: '$.other.n' }, true],
    [{ Variable: '$.s', NumericEquals: 5 }, false],
    [{ Variable: '$.b', BooleanEquals: true }, true],
    [{ Variable: '$.b', BooleanEqualsPath: '$.other.b' }, false],
    [{ Variable: '$.s', BooleanEquals: false }, false],
    [{ Variable: '$.t', TimestampEquals: '2026-01-01T00:00:00.000Z' }, true],
    [{ Variable: '$.t2', TimestampEqualsPath: '$.t' }, true],
    [{ Variable: '$.t', TimestampGreaterThanPath: '$.other.t' }, true],
    [{ Variable: '$.s', TimestampLessThan: '2026-01-01T00:00:00Z' }, false],
    [{ Variable: '$.nil', IsNull: true }, true],
    [{ Variable: '$.n', IsNull: false }, true],
    [{ Variable: '$.n', IsNumeric: true }, true],
    [{ Variable: '$.s', IsNumeric: true }, false],
    [{ Variable: '$.s', IsString: true }, true],
    [{ Variable: '$.b', IsBoolean: true }, true],
    [{ Variable: '$.t', IsTimestamp: true }, true],
    [{ Variable: '$.s', IsTimestamp: true }, false],
    [{ Variable: '$.none', IsPresent: false }, true],
    [{ Variable: '$.nil', IsPresent: true }, true],
    [{ Variable: '$$.State.Name', StringEquals: 'C' }, true],
    [
      {
        And: [
          { Variable: '$.n', NumericEquals: 5 },
          { Variable: '$.s', StringEquals: 'x' },
        ],
      },
      false,
    ],
    [{ Or: [{ Variable: '$.n', NumericEquals: 0 }, { Not: { Variable: '$.s', StringEquals: 'x' } }] }, true],
    [
      {
        And: [
          { Variable: '$.none', IsPresent: true },
          { Variable: '$.none', NumericEquals: 1 },
        ],
      },
      false,
    ],
    [{ Variable: '$.none', StringEquals: 'x' }, 'States.Runtime'],
    [{ Variable: '$.none', IsString: true }, 'States.Runtime'],
    [{ Variable: '$.s', StringEqualsPath: '$.none' }, 'States.Runtime'],
    [{ Variable: '$.s', StringEqualsPath: '$.n' }, 'States.Runtime'],
  ])('%j', async (rule, expected) => {
    expect(await chosen(rule)).toBe(expected);
  });

  it('without a match and a default fails', async () => {
    const definition = {
      StartAt: 'C',
      States: { C: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 0, Next: 'Yes' }] }, Yes: { Type: 'Succeed' } },
    };
    expect(await (await world(definition)).run(input)).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
});
