/**
 * Traces of tools, databases, shells and containers.
 */
import { now, trace, type TraceCase } from './trace-case.ts';

export const surroundings: readonly TraceCase[] = [
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
];
