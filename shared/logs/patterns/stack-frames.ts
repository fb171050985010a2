/**
 * What a stack trace says besides its line numbers: the exceptions' types, and the functions of its frames with the file each is in.
 */

export interface Frame {
  /** `com.acme.Shop.pay`, `Shop.pay`, `main.(*Shop).Pay`; '' where the trace names none. */
  readonly name: string;
  /** File or URL, without line numbers; '' where the trace names none. */
  readonly file: string;
  /** Code of the application, not of its platform, frameworks or libraries. */
  readonly inApp: boolean;
}

export interface StackTrace {
  /** Types of the exceptions, the outermost first. */
  readonly types: readonly string[];
  readonly frames: readonly Frame[];
}

/** Frames and exceptions that are looked at. */
export const framesMax = 256;
const lineCharactersMax = 1_000;

const type = String.raw`[A-Za-z_$][\w$]*(?:(?:[.\\/]|::)[\w$]+)*`;
const exceptionLine = new RegExp(
  String.raw`^(?:Exception in thread "[^"]*" |Uncaught |Unhandled exception\. |\s*(?:Caused by|Suppressed|Wrapped by): |\s*-+> |PHP (?:Fatal|Parse) error: +Uncaught )*(${type}(?:Error|Exception|Throwable|Failure|Fault|Panic|Interrupt|Exit|StopIteration))(?=$|[\s:([])`,
);

interface Grammar {
  readonly line: RegExp;
  /** Which groups hold name and file. */
  readonly name: number;
  readonly file: number;
}

const grammars: readonly Grammar[] = [
  // Python: `  File "/srv/shop.py", line 3, in pay`.
  { line: /^\s*File "([^"]+)", line \d+(?:, in (.+))?$/, name: 2, file: 1 },
  // .NET: `   at Acme.Shop.Pay(Int32 id) in C:\srv\Shop.cs:line 12`.
  { line: /^\s*at ([^\s(]+)\([^)]*\) in (.+):line \d+$/, name: 1, file: 2 },
  // Java, JavaScript: `at com.acme.Shop.pay(Shop.java:12)`, `at async Shop.pay (/srv/shop.js:1:2)`.
  { line: /^\s*at (?:async )?(?:new )?([^(]*?) ?(?:\[as [^\]]+\] ?)?\(([^)]*)\)/, name: 1, file: 2 },
  // JavaScript without a function: `at /srv/shop.js:1:2`.
  { line: /^\s*at (?:async )?(\S+)$/, name: 9, file: 1 },
  // Ruby: `from /srv/shop.rb:1:in 'pay'`.
  { line: /^\s*(?:from )?(\S+\.rb):\d+:in [`'](?:(?:block|rescue|ensure)[^']* in )?([^']+)'/, name: 2, file: 1 },
  // PHP: `#0 /srv/shop.php(12): Shop->pay()`.
  { line: /^\s*#\d+ ([^(\s]+)\(\d+\): ([^(]+)/, name: 2, file: 1 },
  // C++, sanitizers: `    #0 0x4f2 in pay /srv/shop.cc:12:3`.
  { line: /^\s*#\d+ +0x[\da-f]+ in (\S+)(?: (\/\S+?)(?::\d+)*)?$/, name: 1, file: 2 },
  // Rust: `   3: shop::pay`.
  { line: /^\s*\d+: +(?:0x[\da-f]+ - )?([\w<>:&\s{}#]+?)(?:::h[\da-f]{16})?$/, name: 1, file: 9 },
];

/** Go writes a frame on two lines: `main.pay(0x1)`, then the file behind a tab. */
const goFunction = /^([\w./-]+\.[\w.()*]+?)\((?:0x|\.\.\.|\{|\)|nil)/;
const goFile = /^\s+(\/\S+\.go):\d+/;

/** Reads the exceptions' types and the frames of a record's message and stack. */
export function readStackTrace(text: string): StackTrace {
  const types: string[] = [];
  const frames: Frame[] = [];
  let goName = '';
  for (const line of text.split('\n')) {
    if (frames.length >= framesMax) break;
    if (line.length > lineCharactersMax) continue;
    const read = readTraceLine(line);
    const frame = goName !== '' && read.goFile !== undefined ? frameFrom(goName, read.goFile) : read.frame;
    goName = read.goName;
    if (frame !== undefined) frames.push(frame);
    else if (read.type !== undefined && types.length < framesMax) types.push(read.type);
  }
  return { types, frames };
}

/** What one line says by itself. */
export interface TraceLine {
  readonly frame: Frame | undefined;
  readonly type: string | undefined;
  /** The function, or the file, of Go's two lines for a frame; '' and undefined for other lines. */
  readonly goName: string;
  readonly goFile: string | undefined;
}

export function readTraceLine(line: string): TraceLine {
  return {
    frame: frameOf(line),
    type: typeIn(line),
    goName: goFunction.exec(line)?.[1] ?? '',
    goFile: goFile.exec(line)?.[1],
  };
}

/** The type of the exception that the line names. */
export const typeIn = (line: string): string | undefined => exceptionLine.exec(line)?.[1];

function frameOf(line: string): Frame | undefined {
  for (const { line: grammar, name, file } of grammars) {
    const match = grammar.exec(line);
    if (match !== null) return frameFrom(match[name] ?? '', match[file] ?? '');
  }
  return undefined;
}

export function frameFrom(rawName: string, rawFile: string): Frame {
  const name = plainName(rawName);
  const file = (isFile.test(rawFile) ? rawFile : '').replace(/(?::\d+){1,2}$/, '').replace(/[?#].*$/, '');
  return { name, file, inApp: isInApp(name, file) };
}

/** Not the parameters of a function. */
const isFile = /^\S+$|[\\/]|^(?:Native Method|Unknown Source)/;

/** Without what compilers number: lambdas, proxies, addresses, module prefixes. */
function plainName(name: string): string {
  return name
    .trim()
    .replace(/^[\w.@-]*\/{1,2}(?=[\w$.]+$)/, '')
    .replace(/\$\$[\w$]*(?:Lambda|CGLIB|Proxy)[\w$]*(?:\/\w+)*/g, '')
    .replace(/(?<=\$)\d+|(?<=lambda\$[\w]+\$)\d+/g, '')
    .replace(/::\{\{closure\}\}|::\{closure#\d+\}/g, '');
}

/** What platforms and widely used frameworks call their own. */
const foreignNames =
  /^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|groovy|clojure|dalvik|android|androidx|com\.android|com\.google|com\.fasterxml|com\.zaxxer|org\.(?:springframework|apache|hibernate|eclipse|jboss|junit|gradle|slf4j|postgresql|glassfish|codehaus)|io\.(?:netty|undertow|micrometer|grpc|reactivex|vertx|quarkus|micronaut)|reactor|rx|akka|System|Microsoft|MS|Newtonsoft|runtime|testing|reflect|net\/http|std|core|alloc|tokio|hyper|rayon|<alloc|<core|<std)(?:[./:]|$)/;
const foreignFiles =
  /(?:^|[\\/])(?:node_modules|bower_components|site-packages|dist-packages|gems|rubygems|rubies|vendor|\.cargo|rustc|pkg[\\/]mod|go[\\/]src|python\d[\d.]*)[\\/]|^(?:node:|internal\/|<frozen|<anonymous|native\b|\[internal|Native Method|Unknown Source|\/usr\/lib)/;

function isInApp(name: string, file: string): boolean {
  return !foreignNames.test(name) && !foreignFiles.test(file);
}
