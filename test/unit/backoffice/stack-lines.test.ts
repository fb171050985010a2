import { describe, expect, it } from 'vitest';
import { isFolded, stackParts } from '../../../web/backoffice/src/logs/stack-lines.ts';

const kinds = (stack: string) => stackParts(stack).map(({ kind, lines }) => `${kind} ${lines.length}`);

describe('a stack trace', () => {
  it('of Java keeps its exceptions and own frames, and folds those of its platform', () => {
    const stack = [
      'java.lang.IllegalStateException: no balance',
      '\tat com.xm.wallet.Balance.read(Balance.java:41)',
      '\tat java.base/java.util.concurrent.FutureTask.run(FutureTask.java:264)',
      '\tat org.springframework.web.Filter.doFilter(Filter.java:1)',
      'Caused by: java.sql.SQLException: gone',
      '\tat org.postgresql.jdbc.PgStatement.execute(PgStatement.java:412)',
      '\t... 5 more',
    ].join('\n');
    expect(kinds(stack)).toEqual(['text 1', 'own 1', 'foreign 2', 'text 1', 'foreign 2']);
    expect(stackParts(stack).map(isFolded)).toEqual([false, false, true, false, true]);
  });

  it('of Python keeps the line of source with its frame', () => {
    const stack = [
      'Traceback (most recent call last):',
      '  File "/srv/shop/pay.py", line 3, in pay',
      '    charge(order)',
      '  File "/usr/lib/python3.12/site-packages/requests/api.py", line 59, in request',
      '    return session.request(method=method)',
      'requests.exceptions.Timeout: too slow',
    ].join('\n');
    expect(kinds(stack)).toEqual(['text 1', 'own 2', 'foreign 2', 'text 1']);
  });

  it('shows a single line of somebody else as it is, and loses none', () => {
    const stack = 'Error: x\n    at pay (/srv/shop.js:1:2)\n    at node:internal/timers:1:2\n    at pay (/srv/shop.js:9:2)';
    expect(stackParts(stack).some(isFolded)).toBe(false);
    expect(
      stackParts(stack)
        .flatMap(({ lines }) => lines)
        .join('\n'),
    ).toBe(stack);
  });
});
