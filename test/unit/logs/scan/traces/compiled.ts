/**
 * Traces of Go, Rust, C, .NET, PHP, Ruby and others.
 */
import { now, trace, type TraceCase } from './trace-case.ts';

export const compiled: readonly TraceCase[] = [
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
];
