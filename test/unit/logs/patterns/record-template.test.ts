/**
 * Templates and fingerprints of single error records.
 */
import { describe, expect, it } from 'vitest';
import { resolveRecords, RecordSketch } from '#shared/logs/patterns/mine-records.ts';
import { templateOf } from '#shared/logs/patterns/record-template.ts';
import { timed } from '../linear-time.ts';
import { readStackTrace } from '#shared/logs/patterns/stack-frames.ts';

const java = (order: number, line: number, framework = 12) => ({
  message: `order ${order} failed`,
  stack: [
    `java.lang.IllegalStateException: order ${order} is gone`,
    `\tat com.acme.Shop.pay(Shop.java:${line})`,
    `\tat org.springframework.web.Dispatcher.doDispatch(Dispatcher.java:${framework})`,
    '\tat java.base/java.lang.Thread.run(Thread.java:833)',
    'Caused by: java.io.IOException: reset',
    `\tat com.acme.Bank$$Lambda/0x000${order}.call(Bank.java:9)`,
    '\t... 12 more',
  ].join('\n'),
});

describe('the fingerprint of a record with a stack trace', () => {
  it('is the same whatever the message, the line numbers and the framework say', () => {
    const { id, basis } = templateOf(java(17, 12));
    expect(basis).toBe('trace');
    expect(templateOf({ ...java(99, 40, 77), message: 'something else' }).id).toBe(id);
  });

  it('shows the message as template', () => {
    expect(templateOf(java(17, 12)).template).toBe('order <*> failed');
  });

  it('is another for another exception, cause or function of the application', () => {
    const { message, stack } = java(17, 12);
    const ids = [
      stack,
      stack.replace('IllegalState', 'IllegalArgument'),
      stack.replace('IOException', 'EOFException'),
      stack.replace('Shop.pay', 'Shop.refund'),
    ].map((changed) => templateOf({ message, stack: changed }).id);
    expect(new Set(ids).size).toBe(4);
  });

  it('takes all frames where none is the application’s own', () => {
    const of = (frame: string) => templateOf({ message: 'x', stack: `java.lang.Error\n\tat java.util.${frame}` }).id;
    expect(of('List.get(List.java:1)')).toBe(of('List.get(List.java:2)'));
    expect(of('List.get(List.java:1)')).not.toBe(of('Map.get(Map.java:1)'));
  });

  it('counts a recursion once, however deep', () => {
    const of = (depth: number) =>
      templateOf({
        message: 'deep',
        stack: `RangeError: deep\n${'    at walk (/srv/tree.js:1:2)\n'.repeat(depth)}    at main (/srv/main.js:1:1)`,
      });
    expect(of(3).id).toBe(of(40).id);
  });
});

describe('frames', () => {
  it.each([
    ['Java', '\tat app//com.acme.Shop.lambda$pay$3(Shop.java:12)', { name: 'com.acme.Shop.lambda$pay$', file: 'Shop.java', inApp: true }],
    [
      'Java’s own',
      '\tat java.base/java.lang.Thread.run(Thread.java:833)',
      { name: 'java.lang.Thread.run', file: 'Thread.java', inApp: false },
    ],
    ['JavaScript', '    at async Shop.pay (/srv/shop.js:12:3)', { name: 'Shop.pay', file: '/srv/shop.js', inApp: true }],
    ['JavaScript without a function', '    at file:///srv/shop.js:12:3', { name: '', file: 'file:///srv/shop.js', inApp: true }],
    [
      'a package',
      '    at next (/srv/node_modules/express/router.js:1:2)',
      { name: 'next', file: '/srv/node_modules/express/router.js', inApp: false },
    ],
    ['Node’s own', '    at process.ticks (node:internal/task:95:5)', { name: 'process.ticks', file: 'node:internal/task', inApp: false }],
    ['Python', '  File "/srv/shop.py", line 12, in pay', { name: 'pay', file: '/srv/shop.py', inApp: true }],
    [
      'a Python package',
      '  File "/usr/lib/python3/site-packages/x.py", line 1, in y',
      { name: 'y', file: '/usr/lib/python3/site-packages/x.py', inApp: false },
    ],
    ['.NET', '   at Acme.Shop.Pay(Int32 id) in C:\\srv\\Shop.cs:line 12', { name: 'Acme.Shop.Pay', file: 'C:\\srv\\Shop.cs', inApp: true }],
    ['.NET’s own', '   at System.String.Substring(Int32 start)', { name: 'System.String.Substring', file: '', inApp: false }],
    ['Ruby', "\tfrom /srv/shop.rb:12:in `block in pay'", { name: 'pay', file: '/srv/shop.rb', inApp: true }],
    ['PHP', '#0 /srv/shop.php(12): Shop->pay()', { name: 'Shop->pay', file: '/srv/shop.php', inApp: true }],
    ['Rust', '   3: shop::pay::h0123456789abcdef', { name: 'shop::pay', file: '', inApp: true }],
  ])('of %s are read', (_, line, frame) => {
    expect(readStackTrace(line).frames).toEqual([frame]);
  });

  it('of Go are read from two lines', () => {
    const stack =
      'goroutine 1 [running]:\nmain.(*Shop).Pay(0xc000012345)\n\t/srv/shop.go:12 +0x1d\nruntime.main()\n\t/usr/local/go/src/runtime/proc.go:250';
    expect(readStackTrace(stack).frames).toEqual([
      { name: 'main.(*Shop).Pay', file: '/srv/shop.go', inApp: true },
      { name: 'runtime.main', file: '/usr/local/go/src/runtime/proc.go', inApp: false },
    ]);
  });

  it('stand among the types of exceptions', () => {
    const stack =
      'Uncaught TypeError: x is not a function\n    at f (/a.js:1:1)\nCaused by: com.acme.DbException: gone\n  [cause]: nothing';
    expect(readStackTrace(stack).types).toEqual(['TypeError', 'com.acme.DbException']);
  });
});

describe('lines of traces that are known again', () => {
  it('differ in their digits alone, which say nothing but in the name of a type', () => {
    const of = (type: string, line: number) =>
      templateOf({ message: 'x', stack: `${type}: no\n\tat com.acme.Step${line}.run(Step.java:${line})` }).id;
    expect(of('a.v1.NoError', 1)).toBe(of('a.v1.NoError', 7));
    expect(of('a.v1.NoError', 1)).not.toBe(of('a.v2.NoError', 1));
    expect(of('a.v2.NoError', 3)).toBe(of('a.v2.NoError', 4));
  });

  it('are told apart by everything else, however many there are', () => {
    const words = Array.from({ length: 20_000 }, (_, at) => at.toString(2).replaceAll('0', 'ka').replaceAll('1', 'mo'));
    const of = (word: string) => templateOf({ message: 'x', stack: `a.NoError\n\tat com.acme.${word}.run(A.java:1)` }).id;
    expect(new Set(words.map(of)).size).toBe(words.length);
    expect(words.slice(0, 50).map(of)).toEqual(words.slice(0, 50).map(of));
  });

  it('take time in proportion to the text, also where a line is very long', () => {
    const stack = `a.NoError\n\tat com.acme.A.run(A.java:1)\n${'x.'.repeat(100_000)}\n${'at x\n'.repeat(5_000)}`;
    const { ms, msMax } = timed(stack, () => templateOf({ message: 'x', stack }));
    expect(ms).toBeLessThan(msMax);
  });
});

describe('a record without a stack trace', () => {
  it('is known by its message, masked by shape', () => {
    const one = templateOf({ message: 'order 17 failed', stack: null });
    expect(one).toEqual({ ...templateOf({ message: 'order 99 failed', stack: null }), template: 'order <*> failed', basis: 'message' });
    expect(templateOf({ message: 'order 17 failed', stack: 'more text\nwithout frames' }).id).toBe(one.id);
  });
});

describe('records mined together', () => {
  const users = ['ann', 'bob', 'cyd', 'dee', 'eve'];
  const records = [...users.map((user) => ({ message: `no balance for ${user}`, stack: null })), java(1, 2), java(2, 3), java(2, 3)];
  const sketchOf = (some: typeof records) => {
    const sketch = new RecordSketch();
    for (const record of some) sketch.add(record);
    return sketch;
  };

  it('are counted by message and by trace', () => {
    expect(resolveRecords(sketchOf(records)).patterns.map(({ template, count }) => [template, count])).toEqual([
      ['no balance for <*>', 5],
      ['order <*> failed', 3],
    ]);
  });

  it('give the same patterns however they were cut', () => {
    const merged = sketchOf(records.slice(4));
    merged.merge(sketchOf(records.slice(0, 4)));
    expect(resolveRecords(merged).patterns).toEqual(resolveRecords(sketchOf(records)).patterns);
  });

  it('have the pattern of their list', () => {
    const mined = resolveRecords(sketchOf(records));
    const ids = records.map((record) => mined.patternOf(record).id);
    expect(new Set(ids)).toEqual(new Set(mined.patterns.map(({ id }) => id)));
  });
});
