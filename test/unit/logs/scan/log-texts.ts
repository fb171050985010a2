/**
 * Arbitrary log texts that are made to confuse: lines of all kinds in any order.
 */
import * as fc from 'fast-check';

/** Lines that synchronise. */
const events = [
  '2026-03-01 00:00:00,001 ERROR [main] com.acme.Shop - failed',
  '2026-03-01 00:00:00,002 INFO [main] com.acme.Shop - fine',
  '2026-03-01 00:00:00,003 WARN [main] com.acme.Shop - odd',
  '2026-03-01 00:00:00,004 DEBUG [main] com.acme.Shop - chatty',
  'ERROR: untimed',
  'WARN: untimed',
  '{"level":50,"time":1700000000000,"msg":"boom"}',
  '==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x602',
  "a.out: a.c:5: main: Assertion `x == 1' failed.",
  'E0301 12:00:00.000000 1 server.go:1] broken',
  '<3>disk is gone',
  'panic: runtime error: index out of range',
  "thread 'main' panicked at src/main.rs:2:5:",
  'Unhandled exception. System.InvalidOperationException: no',
  'Exception in thread "main" java.lang.Error: x',
  'Exception in thread Thread-1:',
  '/srv/shop.js:12\n    throw new Error()\n    ^',
  `2026-03-01 00:00:00,001 ERROR ${'y'.repeat(500)}`,
];
/** Lines that do not. */
const others = [
  'java.lang.IllegalStateException: no',
  'com.acme.ShopException: two\nlines of message',
  '\tat com.acme.Shop.sell(Shop.java:12)',
  'Caused by: java.io.IOException: gone',
  '\t... 5 more',
  'Traceback (most recent call last):',
  '  File "/srv/app.py", line 3, in run',
  '    return next(ctx)',
  "KeyError: 'x'",
  'app.errors.OrderError: bad',
  '\nDuring handling of the above exception, another exception occurred:\n',
  'goroutine 7 [running]:',
  'main.(*Shop).sell(0xc00001, 0x1)',
  '\t/srv/main.go:12 +0x1d',
  'note: run with `RUST_BACKTRACE=1`',
  'TypeError: x is not a function',
  'Error: could not open the ledger',
  'Error: could not read config\n\nCaused by:\n    0: open failed',
  "SyntaxError: '(' was never closed",
  "main.rb:1:in `<main>': undefined local variable (NameError)",
  '    #0 0x4f in main /src/a.c:5:10',
  'SUMMARY: AddressSanitizer: heap-use-after-free /src/a.c:5:10 in main',
  'DETAIL:  Key (id)=(17) already exists.',
  'Shadow bytes around the buggy address:',
  '    at Shop.sell (/srv/shop.js:12:3)',
  '/srv/shop.js:12',
  '    ^',
  'plain text',
  'no errors: 0',
  '',
  '   indented',
  'x'.repeat(350),
];

const line = (texts: readonly string[]) => fc.tuple(fc.constantFrom(...texts), fc.constantFrom('\n', '\n', '\n', '\r\n'));
/** Long stretches without a line that synchronises, too. */
const stretch = fc.oneof(fc.array(line([...events, ...others]), { maxLength: 20 }), fc.array(line(others), { maxLength: 60 }));

/** Texts of at most so many stretches. */
export function logText(stretchesMax: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(stretch, { maxLength: stretchesMax, size: 'max' }), fc.constantFrom('', '', 'ERROR tail', 'plain tail', '\tat tail'))
    .map(
      ([stretches, tail]) =>
        stretches
          .flat()
          .map(([text, end]) => text + end)
          .join('') + tail,
    );
}
