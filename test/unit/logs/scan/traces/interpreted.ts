/**
 * Traces of Java, Python, Node, and what stands behind events of any kind.
 */
import { now, trace, type TraceCase } from './trace-case.ts';

export const interpreted: readonly TraceCase[] = [
  trace(
    'Java: an error event with its trace',
    `
${now} INFO [main] com.acme.Shop - fine
»${now} ERROR [main] com.acme.Shop - request failed
java.lang.IllegalStateException: order 17 already settled
\tat com.acme.Shop.handle(Shop.java:12)
\tat com.acme.Shop$Inner.run(Shop.java:40) [shop.jar:1.0]
\tSuppressed: java.io.IOException: close failed
\t\tat com.acme.Pool.close(Pool.java:9)
Caused by: java.sql.SQLException: gone
\tat com.acme.db.Pool.borrow(Pool.java:3)
\t... 12 more
«${now} INFO [main] com.acme.Shop - fine`,
  ),
  trace(
    'Java: a message of several lines, a blank one among them, before the trace',
    `
»${now} ERROR [main] com.acme.Shop - could not parse:
{
  "a": 1

}
java.lang.IllegalStateException: no
\tat com.acme.Shop.handle(Shop.java:12)
«
${now} INFO [main] com.acme.Shop - fine`,
  ),
  trace(
    'Java: uncaught, and an exception printed without a level',
    `
»!Exception in thread "main" java.lang.NullPointerException: Cannot invoke "String.length()"
\tat com.acme.Shop.main(Shop.java:5)
Caused by: java.io.IOException
\t... 1 more
«plain
»org.springframework.dao.DataIntegrityViolationException: could not execute statement
  Detail: Key (id)=(7) already exists.
of two lines
\tat org.springframework.Foo.bar(Foo.java:1)
«»java.io.IOException: next
\tat a.b.C.d(C.java:1)`,
  ),
  trace(
    'Java: a trace under a warning is none, under an info event is one',
    `
${now} WARN [main] com.acme.Shop - retrying
java.io.IOException: gone
\tat com.acme.Shop.handle(Shop.java:12)
Caused by: java.io.EOFException
\t... 3 more
${now} INFO [main] com.acme.Shop - stdout
»java.io.IOException: gone
\tat com.acme.Shop.handle(Shop.java:12)
«${now} DEBUG [main] com.acme.Shop - ignored
java.io.IOException: gone
\tat com.acme.Shop.handle(Shop.java:12)`,
  ),
  trace(
    'Python: an error event, chained exceptions',
    `
»${now} ERROR worker.3 task 17 raised
Traceback (most recent call last):
  File "/srv/app/order.py", line 12, in step
    return self._next(ctx)
KeyError: 'x'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/app/order.py", line 14, in step
    raise OrderError("bad") from None
app.errors.OrderError: bad
«${now} INFO worker.3 next`,
  ),
  trace(
    'Python: tracebacks without an event',
    `
starting
»Traceback (most recent call last):
  File "/srv/app/order.py", line 12, in <module>
    main()
    ~~~~^^
  File "/srv/app/order.py", line 3, in main
    raise ValueError("bad value 12")
ValueError: bad value 12

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/app/order.py", line 12, in <module>
KeyboardInterrupt
«»Traceback (most recent call last):
  File "/srv/app/order.py", line 12, in <module>
requests.exceptions.ConnectionError: HTTPConnectionPool(host='x')
«done
»!Exception in thread Thread-1 (worker):
Traceback (most recent call last):
  File "/usr/lib/python3.12/threading.py", line 1073, in _bootstrap_inner
    self.run()
ZeroDivisionError: division by zero
«`,
  ),
  trace(
    'Python: exception groups',
    `
»  + Exception Group Traceback (most recent call last):
  |   File "/srv/app.py", line 3, in <module>
  |     raise ExceptionGroup("eg", [ValueError(1)])
  | ExceptionGroup: eg (1 sub-exception)
  +-+---------------- 1 ----------------
    | ValueError: 1
    +------------------------------------
«done`,
  ),
  trace(
    'Node: an error event, an error printed, an uncaught error with its code frame',
    `
»2026-03-01T00:00:00.000Z ERROR TypeError: Cannot read properties of undefined (reading 'id')
    at Shop.sell (/srv/app/dist/shop.js:12:3)
    at async Promise.all (index 0) {
  code: 'E_SHOP'
}
«2026-03-01T00:00:00.000Z INFO listening
»TypeError: x is not a function
    at Shop.sell (/srv/app/dist/shop.js:12:3)
«listening
»!/srv/app/dist/shop.js:12
    throw new Error('boom');
    ^

Error: boom
    at Object.<anonymous> (/srv/app/dist/shop.js:12:11)
    at Module._compile (node:internal/modules/cjs/loader:1554:14) {
  code: 'E_SHOP'
}

Node.js v24.21.0
«listening
»!node:internal/process/promises:394
      triggerUncaughtException(err, true /* fromPromise */);
      ^

[UnhandledPromiseRejection: This error originated either by throwing inside of an async function] {
  code: 'ERR_UNHANDLED_REJECTION'
}

Node.js v24.21.0
«listening
»(node:123) UnhandledPromiseRejectionWarning: Error: boom
    at main (/srv/app.js:1:1)
«TypeError: mentioned, no frames
listening
»AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:

1 !== 2

    at Object.<anonymous> (/srv/test.js:3:8)`,
  ),
  trace(
    'a crash right behind a debug event is none of its own, what a logger may have printed is',
    `
${now} DEBUG [main] shop - fetching
»Traceback (most recent call last):
  File "/srv/app.py", line 3, in run
KeyError: 'x'
«D, [2026-03-01T00:00:00.123456 #42] DEBUG -- :   User Load (0.3ms)
»main.rb:1:in \`<main>': undefined local variable or method \`x' for main:Object (NameError)
«${now} TRACE [main] shop - closing
java.io.IOException: gone
\tat com.acme.Shop.handle(Shop.java:12)
${now} WARNING shop - retrying
Traceback (most recent call last):
  File "/srv/app.py", line 3, in run
KeyError: 'x'`,
  ),
  trace(
    'Python: what it cannot parse',
    `
${now} INFO starting
  File "/srv/a.py", line 3
    def f(
         ^
»SyntaxError: '(' was never closed
«SyntaxError: Unexpected token in JSON at position 0
»Traceback (most recent call last):
  File "/srv/b.py", line 1, in <module>
    import a
  File "/srv/a.py", line 3
    def f(
         ^
SyntaxError: '(' was never closed
«done`,
  ),
  trace(
    'an untimed error event takes traces and indented lines, nothing else',
    `
»ERROR: order 17 failed
  because of this
«plain text

  indented far from it
»ERROR: order 18 failed
Traceback (most recent call last):
  File "/srv/app.py", line 3, in run
KeyError: 'x'
«plain text
»ERROR: order 19 failed
«
ready`,
  ),
];
