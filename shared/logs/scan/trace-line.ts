/**
 * The lines of stack traces and panics: which opens one, and which goes on with it. Decides by the line alone.
 */
import type { ErrorLevel } from '#shared/logs/error-record.ts';

/**
 * Grammars that let lines go on with a trace which by themselves look like any text, or say who printed it. A `report` is a tool's, with
 * headings between its stacks (sanitizers, Flutter, the JVM); behind a `line` no message goes on.
 */
export type TraceGrammar = 'python' | 'ruby' | 'go' | 'rust' | 'node' | 'report' | 'line' | 'other';

/**
 * What a line is to a trace.
 * - `start` opens a record of its own wherever it stands.
 * - `head` opens one unless it belongs to the event before it.
 * - `class` is a head when frames follow (`TypeError: …`): an exception's name that prose might begin with, too.
 * - `location` is a start when Node's code frame follows (`/srv/app.js:12`).
 * - `chain` says that the next head belongs to the same trace.
 * - `cause`, `frame` and `part` go on with a trace; a `cause` brings a message of its own.
 * - `indented` goes on with whatever is open.
 */
export type TraceLine =
  | { readonly is: 'start'; readonly level: ErrorLevel; readonly grammar: TraceGrammar; readonly introducesHead: boolean }
  | { readonly is: 'head'; readonly grammar: TraceGrammar }
  | { readonly is: 'frame' | 'part'; readonly grammar: TraceGrammar }
  | { readonly is: 'chain' | 'cause' | 'indented' }
  | UnsettledLine;

/** What a line may be to a trace, as the lines behind it show. A class that says an error by its name is a head without frames, too. */
export type UnsettledLine = { readonly is: 'class'; readonly saysError: boolean } | { readonly is: 'location' };

const start = (level: ErrorLevel, grammar: TraceGrammar, introducesHead = false): TraceLine => ({
  is: 'start',
  level,
  grammar,
  introducesHead,
});
const head = (grammar: TraceGrammar): TraceLine => ({ is: 'head', grammar });
const frame = (grammar: TraceGrammar): TraceLine => ({ is: 'frame', grammar });
const part = (grammar: TraceGrammar): TraceLine => ({ is: 'part', grammar });
const cause: TraceLine = { is: 'cause' };
const chain: TraceLine = { is: 'chain' };
const indented: TraceLine = { is: 'indented' };

/** What names of exception classes end in. */
const ending = '(?:Error|Exception|Throwable|Failure|Fault|Panic)';
const name = String.raw`[A-Za-z_$\x80-\xff][\w$\x80-\xff]*`;
/** `java.lang.IllegalStateException: …`, `System.IO.IOException`, `App\Http\HttpException`, `ActiveRecord::StatementInvalidError (…)`. */
const qualifiedClass = new RegExp(String.raw`^(?:${name}(?:[.\\]|::))+(?:${name})?${ending}(?=: |:?$|:? ?[([])`);
/** `TypeError: …`, `AssertionError [ERR_ASSERTION]: …`, `Error`. */
const plainClass = new RegExp(String.raw`^(?:Uncaught )?(?:[A-Z][\w$]*)?${ending}(?: \[[\w.]+\])?(?=: |:?$)`);
/** `Error: could not open the ledger`, by which many a tool ends. Where the number of errors follows, or that there is none, it is none. */
const saidError = /^(?:Error|Fault): (?!(?:\d+|none|null|nil|false|no|n\/a)\s*$)\S/;
/** What stands before Node's code frame: a file and a line number. */
const location = /^(?:(?:file:\/\/|\/|[A-Za-z]:\\|internal\/)[^()]*\.[mc]?[jt]s|node:[\w/]+):\d+$/;

type Rule = readonly [RegExp, TraceLine];

/** For lines that begin with a blank or a tab, by their first other character. */
const indentedRulesByFirst = new Map<string, readonly Rule[]>([
  ['a', [[/^\s+at \S/, frame('other')]]],
  ['F', [[/^\s+File ".*", line \d+/, frame('python')]]],
  ['f', [[/^\s+from \S+:\d+(?::in [`'])?/, frame('other')]]],
  ['#', [[/^\s+#\d+ +0x[\da-f]+ /, frame('other')]]],
  // Terraform.
  ['o', [[/^ {2}on \S+ line \d+(?:, in |:$)/, frame('other')]]],
  ['.', [[/^\s+\.\.\. (?:\d+ (?:more|common frames omitted)|\d+ lines)/, part('other')]]],
  ['C', [[/^\s+Caused by: /, cause]]],
  ['S', [[/^\s+Suppressed: /, cause]]],
  ['W', [[/^\s+Wrapped by: /, cause]]],
  ['-', [[/^\s+(?:-+> |--- )/, part('other')]]],
  ['+', [[/^ {2}\+ Exception Group Traceback \(most recent call last\):/, head('python')]]],
  ['^', [[/^\s+\^/, part('other')]]],
]);
const numbered: readonly Rule[] = [[/^\s+\d+: +\S/, frame('rust')]];
for (const digit of '0123456789') indentedRulesByFirst.set(digit, numbered);

/** PostgreSQL's clients print these below an error, and drivers in an exception's message. */
const postgres: Rule = [/^(?:DETAIL|HINT|CONTEXT|QUERY|STATEMENT): {2}\S|^LINE \d+: /, part('line')];

/** For other lines, by their first character. */
const rulesByFirst = new Map<string, readonly Rule[]>([
  [
    'C',
    [
      [/^Caused by:(?: |$)/, cause],
      [/^CallStack \(from /, part('other')],
      postgres,
      // OCaml, R.
      [/^Called from \S/, frame('other')],
      [/^Calls: \S.* -> /, part('other')],
    ],
  ],
  [
    'S',
    [
      [/^Suppressed: /, cause],
      [/^Stack ?[Tt]race:?$/, part('other')],
      [/^Stack backtrace:$/, part('rust')],
      postgres,
      [/^SUMMARY: \w+Sanitizer: /, part('report')],
      [/^Segmentation fault\b/, start('fatal', 'other')],
      [/^SIGSEGV: segmentation violation/, start('fatal', 'go')],
    ],
  ],
  ['W', [[/^Wrapped by: /, cause]]],
  [
    'T',
    [
      [/^Traceback \(most recent call last\):/, head('python')],
      [/^The above exception was the direct cause of /, chain],
      [/^The application panicked \(crashed\)\.$/, start('fatal', 'rust')],
    ],
  ],
  [
    'D',
    [
      [/^During handling of the above exception, another /, chain],
      // Spark.
      [/^Driver stacktrace:$/, part('other')],
      postgres,
    ],
  ],
  [
    'E',
    [
      [/^Exception in thread "/, start('fatal', 'other')],
      [/^Exception in thread \S/, start('fatal', 'python', true)],
      [/^Exception: \S+ thrown from the UncaughtExceptionHandler in thread /, start('fatal', 'other')],
      [/^Exception ignored in: /, start('error', 'python', true)],
      // R.
      [/^Error in [\w.:$]+\(.*\) ?:/, start('error', 'other')],
      [/^Execution halted$/, part('other')],
    ],
  ],
  // color-eyre.
  ['L', [[/^Location:(?:$| +\S+:\d+$)/, part('rust')], postgres]],
  ['H', [postgres]],
  ['Q', [postgres]],
  ['M', [[/^Message: {2}\S/, part('rust')]]],
  ['B', [[/^Backtrace omitted\. Run with /, part('rust')]]],
  ['R', [[/^(?:Re-r|R)aised (?:at|by) \S/, frame('other')]]],
  [
    'U',
    [
      [/^Unhandled [Ee]xception\b[.:]/, start('fatal', 'other', true)],
      [/^Unhandled (?:[Pp]romise )?[Rr]ejection(?: at)?: /, start('error', 'other', true)],
      [/^Uncaught (?:\(in promise\) )?[\w$.]*(?:Error|Exception)\b/, start('fatal', 'other')],
    ],
  ],
  [
    'P',
    [
      [/^PHP (?:Fatal|Parse|Recoverable fatal|Catchable fatal|Core|Compile) error: /, start('fatal', 'other')],
      [/^PHP Stack trace:$/, part('other')],
      [/^PHP +\d+\. \S/, frame('other')],
    ],
  ],
  [
    'F',
    [
      [/^Fatal error: /, start('fatal', 'other')],
      [/^Fatal Python error: /, start('fatal', 'python')],
      // Gradle.
      [/^FAILURE: Build \w+ with /, start('error', 'other')],
    ],
  ],
  [
    'f',
    [
      [/^fatal error: /, start('fatal', 'go')],
      [/^fatal runtime error: /, start('fatal', 'other')],
    ],
  ],
  ['p', [[/^panic: /, start('fatal', 'go')]]],
  [
    't',
    [
      [/^thread '.*' (?:\(\d+\) )?panicked at\b/, start('fatal', 'rust')],
      // Zig.
      [/^thread \d+ panic: /, start('fatal', 'other')],
      [/^terminate called (?:after throwing|without an active)/, start('fatal', 'other')],
    ],
  ],
  [
    '(',
    [
      [/^\(node:\d+\) UnhandledPromiseRejectionWarning: /, start('error', 'node')],
      [/^\(Use `node --trace-/, part('node')],
      [/^\(Background on this error at: /, part('other')],
    ],
  ],
  [
    '*',
    [
      [/^\*\*\* Terminating app due to uncaught exception/, start('fatal', 'other')],
      [/^\*\* \((?:EXIT|exit|throw|stop|[A-Z][\w.]*)\) /, head('other')],
    ],
  ],
  [
    '=',
    [
      [/^==\d+==ERROR: \w+Sanitizer: /, start('error', 'report')],
      [/^==\d+==ABORTING$/, part('report')],
    ],
  ],
  // Flutter's frame of `═`, as latin1.
  [
    '\xe2',
    [
      [/^(?:\xe2\x95\x90)+\xe2\x95\xa1 EXCEPTION CAUGHT BY /, start('error', 'report')],
      [/^(?:\xe2\x95\x90){20,}$/, part('report')],
    ],
  ],
  [
    'g',
    [
      [/^goroutine \d+ .*\[/, frame('go')],
      [/^goroutine running on other thread/, part('go')],
    ],
  ],
  ['c', [[/^created by [\w./*()]+/, part('go')]]],
  [
    '[',
    [
      [/^\[signal \S/, part('go')],
      [/^\[(?:stacktrace|previous exception)\]/, part('other')],
      // SQLAlchemy.
      [/^\[(?:SQL|parameters): /, part('other')],
    ],
  ],
  [
    '.',
    [
      [/^\.\.\. \d+ more/, part('other')],
      [/^\.\.\.(?:additional frames|\d+ frames) elided/, part('go')],
    ],
  ],
  [
    '#',
    [
      [/^# A fatal error has been detected by the Java Runtime Environment:/, start('fatal', 'report')],
      [/^#\d+ +(?:\{main\}|\[internal function\]|\S+\(\d+\): |0x[\da-f]+ |[\w.<>:$ ]+ \((?:file:|dart:|package:|\)|\w+=))/, frame('other')],
    ],
  ],
  [
    '-',
    [
      [/^---> /, part('other')],
      [/^--- End of /, part('other')],
    ],
  ],
  ['s', [[/^stack backtrace:/, part('rust')]]],
  ['n', [[/^note: (?:run with|Some details are omitted)/, part('rust')]]],
  ['l', [[/^libc\+\+abi(?:\.dylib)?: terminating /, start('fatal', 'other')]]],
  ['N', [[/^Node\.js v\d/, part('node')]]],
  ['}', [[/^\}(?:[\])}]*[,;]?$| reason: )/, part('node')]]],
  ['"', [[/^"\} *$/, part('other')]]],
  ['^', [[/^\^+ *$/, part('other')]]],
  ['A', [[/^Aborted\b/, part('other')]]],
]);

const rubyFrame = /^\S+:\d+:in [`']/;
const rubyHead = /^\S+:\d+:in [`'].{0,200}?': .*\((?:[A-Z]\w*::)*[A-Z]\w*\)$/;
/** Rails' `NoMethodError (undefined method 'x' for nil):`. */
const railsClass = new RegExp(String.raw`^[A-Z]\w*${ending} \(.*\):$`);
/** Python prints what it cannot parse without `Traceback`. */
const pythonSyntax = /^(?:SyntaxError|IndentationError|TabError): ['"(a-z]/;
/** Of glibc; of macOS, musl and Windows. */
const assertion =
  /^(?:\S+: \S+:\d+: .{0,400}: Assertion [`'].{1,2000}' failed\.|Assertion failed: .{1,2000}(?:, file .{1,400}, line \d+\.?|\(\S{1,400}: \w{1,200}: \d+\)))$/;
/** A shell says of what it started. */
const shellCrash = /^\S+: line \d+: +\d+ (?:Segmentation fault|Bus error|Aborted) /;
const zigFrame = /^\S+\.zig:\d+:\d+: 0x[\da-f]+ in /;

/** Tried in order for lines that are no event and not indented. */
const unmarkedRules: readonly Rule[] = [
  [qualifiedClass, head('other')],
  [pythonSyntax, head('other')],
  [saidError, { is: 'class', saysError: true }],
  [plainClass, { is: 'class', saysError: false }],
  [railsClass, { is: 'class', saysError: false }],
  [location, { is: 'location' }],
  [rubyHead, head('ruby')],
  [assertion, start('fatal', 'other')],
  [shellCrash, start('fatal', 'other')],
  [rubyFrame, frame('other')],
  [zigFrame, frame('other')],
];

/** What a line is to a trace by an unmistakable mark of it, which counts before a level in the line does. */
export function readMarkedLine(line: string): TraceLine | undefined {
  const first = line[0] ?? '';
  return firstMatch(first === ' ' || first === '\t' ? indentedRulesByFirst.get(firstOther(line)) : rulesByFirst.get(first), line);
}

/** The first character that is no white space. */
function firstOther(line: string): string {
  let at = 1;
  while (line[at] === ' ' || line[at] === '\t') at += 1;
  const character = line[at] ?? '';
  return character > ' ' && character < '\x7f' ? character : (/\S/.exec(line)?.[0] ?? '');
}

/** What a line that opens no event and has no mark is to a trace, or undefined when it is none of one. Blank lines are the caller's. */
export function readUnmarkedLine(line: string): TraceLine | undefined {
  return line[0] === ' ' || line[0] === '\t' ? indented : firstMatch(unmarkedRules, line);
}

/** A line between the stacks of a report: of the JVM's, of a sanitizer's picture of the memory. */
export function isReportLine(line: string): boolean {
  return /^(?:#(?: |$)|=>0x|Shadow byte)/.test(line);
}

/** A function of a Go stack (`main.(*Server).handle(0xc000010000)`), which looks like any other text outside of one; or Go's last word. */
export function isGoLine(line: string): boolean {
  return /^[\w./*()[\]·{}-]+\(.*\)$|^exit status \d/.test(line);
}

function firstMatch(rules: readonly Rule[] | undefined, line: string): TraceLine | undefined {
  if (rules === undefined) return undefined;
  for (const [pattern, is] of rules) if (pattern.test(line)) return is;
  return undefined;
}
