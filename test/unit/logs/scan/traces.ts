/**
 * Traces and panics of the world's languages, written for these tests. Every text is a log; its records begin at the lines that `»` marks
 * and end where `«` stands (at the start of the line behind their last one).
 */
export interface TraceCase {
  readonly name: string;
  readonly text: string;
  /** First line (from 1), lines and level of each record. */
  readonly records: readonly (readonly [first: number, lines: number, level: 'error' | 'fatal'])[];
}

const now = '2026-03-01 00:00:00,001';

/** A line with a mark before it: the record before ends here, one begins here, it is fatal. */
const marked = /^(?<ends>«?)(?<begins>»?)(?<fatal>!?)(?<line>.*)$/;

function trace(name: string, markedText: string): TraceCase {
  const records: [first: number, lines: number, level: 'error' | 'fatal'][] = [];
  const lines = markedText.replace(/^\n/, '').split('\n');
  const text = lines.map((markedLine, index) => {
    const groups = marked.exec(markedLine)?.groups ?? {};
    const record = records.at(-1);
    if (groups['ends'] !== '' && record !== undefined) record[1] = index + 1 - record[0];
    if (groups['begins'] !== '') records.push([index + 1, lines.length - index, groups['fatal'] === '' ? 'error' : 'fatal']);
    return groups['begins'] === '' ? `${groups['fatal']}${groups['line']}` : groups['line'];
  });
  return { name, text: text.join('\n'), records };
}

export const traces: readonly TraceCase[] = [
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
    'Go: panics with blank lines, several goroutines, nested panics; a fatal error',
    `
2026/03/01 00:00:00 listening
»!panic: runtime error: index out of range [5] with length 3 [recovered]
\tpanic: again

goroutine 17 [running]:
main.(*Shop).sell(0xc000123456, 0x1)
\t/srv/app/main.go:12 +0x1d
main.main()
\t/srv/app/main.go:5 +0x25
created by main.start in goroutine 1
\t/srv/app/main.go:3 +0x11

goroutine 1 [chan receive, 2 minutes]:
net/http.(*Server).Serve(0xc0001, {0x7f, 0xc1})
\t/usr/local/go/src/net/http/server.go:3056 +0x4a
exit status 2
«2026/03/01 00:00:01 listening
»!fatal error: all goroutines are asleep - deadlock!

goroutine 1 [chan receive]:
main.main()
\t/srv/app/main.go:5 +0x25
«restarted`,
  ),
  trace(
    'Go: two panics in a row, each its own, the first right behind an error event',
    `
»${now} ERROR [main] com.acme.Shop - child died
«»!panic: boom

goroutine 1 [running]:
main.main()
\t/srv/main.go:5 +0x25
«»!panic: boom

goroutine 1 [running]:
main.main()
\t/srv/main.go:5 +0x25`,
  ),
  trace(
    'Rust: a panic with its message on the next line, an old one, a backtrace',
    `
»!thread 'main' panicked at src/main.rs:2:5:
index out of bounds: the len is 3 but the index is 5
stack backtrace:
   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:645:5
   1: core::panicking::panic_fmt
note: Some details are omitted, run with \`RUST_BACKTRACE=full\` for a verbose backtrace.
«ready
»!thread 'worker-1' (4242) panicked at src/main.rs:9:1:
assertion \`left == right\` failed
  left: 1
 right: 2
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
«ready
»!thread 'main' panicked at 'boom', src/main.rs:2:5
«ready`,
  ),
  trace(
    '.NET: unhandled, inner exceptions, a log of Microsoft.Extensions.Logging',
    `
»!Unhandled exception. System.InvalidOperationException: no
 ---> System.IO.IOException: gone
   at Acme.Db.Open() in /src/Db.cs:line 3
   --- End of inner exception stack trace ---
   at Acme.Shop.Main() in /src/Shop.cs:line 12
--- End of stack trace from previous location ---
   at Acme.Program.<Main>()
«started
»fail: Acme.Shop[17]
      An error occurred
      System.InvalidOperationException: no
         at Acme.Shop.Sell() in /src/Shop.cs:line 12
«info: Acme.Shop[1]
      started
»System.ArgumentException: bad
   at Acme.Shop.Sell()`,
  ),
  trace(
    'PHP: uncaught, with and without a time',
    `
»!PHP Fatal error:  Uncaught Exception: boom in /srv/app.php:3
Stack trace:
#0 /srv/index.php(12): sell()
#1 {main}
  thrown in /srv/app.php on line 3
«ready
»!PHP Fatal error:  Uncaught Exception: boom in /srv/app.php:3
Stack trace:
#0 {main}
  thrown in /srv/app.php on line 3
PHP Stack trace:
PHP   1. {main}() /srv/app.php:0
«ready
»![01-Mar-2026 00:00:00 UTC] PHP Fatal error:  Uncaught Exception: boom in /srv/app.php:3
Stack trace:
#0 {main}
  thrown in /srv/app.php on line 3
«[01-Mar-2026 00:00:01 UTC] PHP Notice:  Undefined variable
»[2026-03-01 00:00:00] production.ERROR: boom {"exception":"[object] (Exception(code: 0): boom at /srv/a.php:3)
[stacktrace]
#0 /srv/index.php(12): sell()
#1 {main}
"} 
«[2026-03-01 00:00:01] production.INFO: fine`,
  ),
  trace(
    'Ruby: uncaught, and a logger with its backtrace',
    `
»/srv/app.rb:3:in 'Shop#sell': boom (RuntimeError)
\tfrom /srv/app.rb:9:in 'block in <main>'
\tfrom /srv/app.rb:12:in '<main>'
«ready
»E, [2026-03-01T00:00:00.123456 #42] ERROR -- : boom (RuntimeError)
/srv/app.rb:3:in \`sell'
/srv/app.rb:9:in \`<main>'
«I, [2026-03-01T00:00:01.123456 #42]  INFO -- : fine
Completed 500 Internal Server Error in 12ms
  
»NoMethodError (undefined method 'sell' for nil):
  
app/controllers/orders_controller.rb:3:in 'OrdersController#index'
«NoMethodError (mentioned alone):
»ActiveRecord::StatementInvalidError (PG::UndefinedTable: no table)
app/models/order.rb:3:in \`find'`,
  ),
  trace(
    'C++, Elixir, Dart, Swift',
    `
»!terminate called after throwing an instance of 'std::runtime_error'
  what():  boom
Aborted (core dumped)
«»!libc++abi: terminating due to uncaught exception of type std::runtime_error: boom
«»** (exit) exited in: GenServer.call(Shop, :sell, 5000)
    (elixir 1.17.0) lib/gen_server.ex:1128: GenServer.call/3
«ready
»** (RuntimeError) boom
    (shop 0.1.0) lib/shop.ex:12: Shop.sell/1
    (elixir 1.17.0) lib/enum.ex:987: Enum.each/2
«ready
»!Unhandled exception:
FormatException: Unexpected character (at character 1)
#0      _ChunkedJsonParser.fail (dart:convert-patch/convert_patch.dart:1405:5)
#1      main (file:///srv/app.dart:3:3)
«ready
»!Fatal error: Index out of range: file Swift/Array.swift, line 3
«ready`,
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
    'Rust: anyhow, color-eyre',
    `
${now} INFO starting
»Error: Could not read config

Caused by:
    0: open failed
    1: No such file or directory (os error 2)
«done
»Error: Could not read config

Caused by:
    No such file or directory (os error 2)

Stack backtrace:
   0: anyhow::error::from
             at /srv/src/error.rs:3:5
«done
»Error: 
   0: Could not read config
   1: No such file or directory

Location:
   src/main.rs:12

Backtrace omitted. Run with RUST_BACKTRACE=1 environment variable to display it.
«»!The application panicked (crashed).
Message:  boom
Location: src/main.rs:12
«done`,
  ),
  trace(
    'C: failed assertions, sanitizers',
    `
${now} INFO starting
»!a.out: a.c:5: main: Assertion \`x == 1' failed.
Aborted (core dumped)
«Assertion rules were loaded
»!Assertion failed: (x == 1), function main, file a.c, line 5.
«=================================================================
»==12345==ERROR: AddressSanitizer: heap-use-after-free on address 0x602 at pc 0x4 bp 0x7 sp 0x7
READ of size 4 at 0x602 thread T0
    #0 0x4f in main /src/a.c:5:10
    #1 0x7f in __libc_start_main (/lib/libc.so.6+0x21)

0x602 is located 0 bytes inside of 4-byte region
freed by thread T0 here:
    #0 0x4e in free (/srv/a.out+0x4e)

SUMMARY: AddressSanitizer: heap-use-after-free /src/a.c:5:10 in main
Shadow bytes around the buggy address:
  0x0c04: fa fa fa fa
=>0x0c05: fa fa[fd]fa
Shadow byte legend (one shadow byte represents 8 application bytes):
  Addressable:           00
==12345==ABORTING
«ready
»!#
# A fatal error has been detected by the Java Runtime Environment:
#
#  SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=2
«ready`.replace('»!#\n#', '#\n»!#'),
  ),
  trace(
    'databases: what goes with an error of PostgreSQL',
    `
»ERROR:  duplicate key value violates unique constraint "orders_pkey"
DETAIL:  Key (id)=(17) already exists.
«INSERT 0 1
»ERROR:  column "x" does not exist
LINE 1: SELECT x FROM orders;
               ^
HINT:  Perhaps you meant to reference the column "orders.y".
«SELECT 1
»Traceback (most recent call last):
  File "/srv/app.py", line 3, in run
sqlalchemy.exc.IntegrityError: (psycopg2.errors.UniqueViolation) duplicate key
DETAIL:  Key (id)=(17) already exists.

[SQL: INSERT INTO orders (id) VALUES (%(id)s)]
[parameters: {'id': 17}]
(Background on this error at: https://sqlalche.me/e/20/gkpj)
«done`,
  ),
  trace(
    'tools that end with one line',
    `
fetching the ledger
»Error: could not open the ledger
«Usage: shop [options]
  --port PORT
»Error: could not open the ledger
  caused by a lock
«»Error: and one more
«Error: 3
${now} INFO started
»Error: ENOENT: no such file or directory
«${now} WARN retrying
Error: connect ECONNREFUSED 127.0.0.1:5432
plain
»ERROR: order 17 failed
«»Error: connect ECONNREFUSED 127.0.0.1:5432
«plain`,
  ),
  trace(
    'a shell and an interpreter that tell of a crash, Gradle',
    `
ready
»!./run.sh: line 3:  4711 Segmentation fault      (core dumped) ./shop
«ready
»!Fatal Python error: Segmentation fault

Current thread 0x00007f (most recent call first):
  File "/srv/app.py", line 3 in run
«
ready
»Unhandled Rejection at: Promise {
  <rejected> Error: boom
      at main (/srv/app.js:1:1)
} reason: Error: boom
«»FAILURE: Build failed with an exception.
«ready`,
  ),
  trace(
    'R, OCaml, Zig, Terraform, Flutter',
    `
ready
»Error in readRDS(path) : cannot open the connection
Calls: main -> readRDS
Execution halted
«ready
»!Fatal error: exception Not_found
Raised at Stdlib__Hashtbl.find in file "hashtbl.ml", line 539, characters 13-28
Called from Dune__exe__Main in file "bin/main.ml", line 3, characters 9-30
«ready
»!thread 4711 panic: index out of bounds: index 5, len 3
/srv/main.zig:5:10: 0x1034b in main (main)
    x[5] = 1;
     ^
«ready
»Error: Unsupported argument

  on main.tf line 3, in resource "aws_instance" "shop":
   3:   foo = "bar"
«ready
»══╡ EXCEPTION CAUGHT BY WIDGETS LIBRARY ╞═════════════════════
The following assertion was thrown building Shop(dirty):
A RenderFlex overflowed by 12 pixels.
When the exception was thrown, this was the stack:
#0      Shop.build (package:shop/main.dart:12:5)
════════════════════════════════════════════════════════════
«ready`,
  ),
  trace(
    "containers: each line in the runtime's wrapping",
    `
2026-03-01T00:00:00.000000001Z stdout F ready
»2026-03-01T00:00:00.000000002Z stderr F Traceback (most recent call last):
2026-03-01T00:00:00.000000002Z stderr F   File "/srv/app.py", line 3, in run
2026-03-01T00:00:00.000000002Z stderr F KeyError: 'x'
«2026-03-01T00:00:00.000000003Z stdout F ready
»!{"log":"panic: boom\\n","stream":"stderr","time":"2026-03-01T00:00:00.1Z"}
{"log":"\\n","stream":"stderr","time":"2026-03-01T00:00:00.1Z"}
{"log":"goroutine 1 [running]:\\n","stream":"stderr","time":"2026-03-01T00:00:00.1Z"}
{"log":"main.main()\\n","stream":"stderr","time":"2026-03-01T00:00:00.1Z"}
{"log":"\\t/srv/main.go:5 +0x25\\n","stream":"stderr","time":"2026-03-01T00:00:00.1Z"}
«{"log":"ready\\n","stream":"stdout","time":"2026-03-01T00:00:00.2Z"}`,
  ),
  trace(
    'Docker compose: each line behind the name of its container',
    `
web-1  | 2026-03-01 00:00:00 INFO ready
»web-1  | Traceback (most recent call last):
web-1  |   File "/srv/app.py", line 3, in run
web-1  | KeyError: 'x'
«web-1  | ready
»!shop_db-1  | panic: boom
shop_db-1  |
shop_db-1  | goroutine 1 [running]:
shop_db-1  | main.main()
shop_db-1  | \t/srv/main.go:5 +0x25
«web-1  | 2026-03-01 00:00:00 INFO ready
»web-1  | [ERROR] order 17 failed
web-1  | java.io.IOException: gone
web-1  | \tat com.acme.Shop.handle(Shop.java:12)
«web-1  | listening
info | Traceback is no name of a container
web-1 exited with code 1`,
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
