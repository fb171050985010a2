/**
 * How known loggers lay out what stands around the level. Named groups: `logger` and `message`. Every pattern is anchored and its inner
 * repetitions are bounded, so that a long line costs no more than its length.
 */

/** A name of parts: `com.acme.Shop`, `shop::orders`, `App\Http`, `dfs.DataNode$Receiver`. */
const dotted = String.raw`[A-Za-z_$][\w$]{0,80}(?:(?:\.|::|/|\\)[\w$<>]{1,80}){1,20}`;
/** A name of at least three parts. */
const longDotted = String.raw`(?:[A-Za-z_$][\w$]{0,80}\.){2,20}[\w$]{1,80}`;
/** A dotted name that ends in a class. */
const className = String.raw`(?:[a-z_][\w]{0,80}\.){1,20}[A-Z][\w$]{0,80}`;
/** Up to three groups between level and logger: thread, node, request. */
const groups = String.raw`(?:[[(][^\])]{0,120}[\])]+ ?){0,3}`;

const behind = (...parts: string[]) => new RegExp(`^${parts.join('')}(?<message>.*)$`, 's');

/** Tried in order on the text behind the level. */
export const layoutsBehind: readonly RegExp[] = [
  // Spring Boot: ` 1 --- [main] o.s.b.SpringApplication   : msg`; groups of the application and of the trace may stand before the logger.
  behind(String.raw` (?:\d+ )?--- (?:\[[^\]]{0,80}\] ?){0,4}(?<logger>\S{1,200}) *: `),
  // Python's default: `:root:msg`.
  behind(String.raw`:(?<logger>[A-Za-z_][\w.-]{0,200}):`),
  // Ruby: ` -- shop: msg`.
  behind(String.raw` -- (?<logger>[^:\s]{0,80}): `),
  // loguru: ` | shop.orders:settle:12 - msg`.
  behind(String.raw` *\| (?<logger>[\w.]{1,200}):[\w<>]{1,80}:\d+ - `),
  // NLog: `|Acme.Shop|msg`.
  behind(String.raw`\|(?<logger>[A-Za-z_][\w.+]{0,200})\|`),
  // zap's console: `\tlogger\tfile.go:12\tmsg`, with or without the logger; Caddy: `\thttp.log.error\tmsg`.
  behind(String.raw`\t(?:(?<logger>[\w./-]{1,200})\t)??[\w./-]{1,200}\.go:\d+\t`),
  behind(String.raw`\t(?<logger>[A-Za-z][\w-]{0,80}(?:[.][\w-]{1,80}){1,20})\t`),
  // Flask: ` in app: msg`.
  behind(String.raw` in (?<logger>[A-Za-z_][\w.]{0,200}): `),
  // Celery: `/ForkPoolWorker-2] msg`.
  behind(String.raw`/[\w-]{1,80}\] `),
  // logrus: `[0012] msg`; Asterisk: `[1234][C-0001]: chan_sip.c:123 in handle_request: msg`.
  behind(String.raw`\[\d{4}\] +`),
  behind(String.raw`(?:\[[\w-]{1,20}\]){1,3}:? (?<logger>[\w-]{1,80}\.\w{1,4}):\d+ (?:in )?\w{1,80}: `),
  // AWS Lambda for Python: `]\t2026-…Z\t9af1…\tmsg`, the time is read already.
  behind(String.raw`\t[\da-f-]{36}\t`),
  // MySQL: `] [MY-010119] [Server] msg`.
  behind(String.raw`\] \[MY-\d+\] \[(?<logger>\w+)\] `),
  // nginx: `] 12#12: *3 msg`; Apache: `] [pid 1:tid 2] [client 10.0.0.1] msg`.
  behind(String.raw`\] \d+#\d+: (?:\*\d+ )?`),
  behind(String.raw`\] (?:\[(?:pid|client|remote) [^\]]{0,80}\] ){1,3}`),
  // Erlang's and RabbitMQ's process: `] <0.123.0> msg`.
  behind(String.raw`\] <\d+\.\d+\.\d+> `),
  // Envoy and the JVM: `][upstream] [source/common/upstream.cc:12] msg`, `][gc] msg`; Elasticsearch: `][o.e.b.Bootstrap    ] [node-1] msg`.
  behind(String.raw`\]\[(?<logger>[A-Za-z][\w.,]{0,120}) *\] ?(?:\[[\w./-]{1,200}:\d+\] )?`),
  // ZooKeeper: ` [SyncThread:0:NIOServerCnxn@180] - msg`.
  behind(String.raw` *\[[^\]]{0,200}?(?<logger>\w{1,80})@\d+\] - `),
  // Windows' servicing log: `                 CBS    msg`.
  behind(String.raw` {3,}(?<logger>[A-Z]\w*) {3,}`),
  // .NET's console: `: Acme.Shop.Orders[17]`, the message is on the next line.
  behind(String.raw`: (?<logger>[A-Za-z_][\w.+\x60]{0,200})\[\d+\]$`),
  // WebLogic: `> <Deployer> <web1> <shop> … <msg>`; ClickHouse: `> executeQuery: msg`.
  behind(String.raw`> <(?<logger>[\w .]{1,80})> (?:<[^>]{0,200}> ?){0,12}`),
  behind(String.raw`> (?<logger>[A-Za-z][\w.]{0,80}): `),
  // Kafka: ` msg (kafka.server.KafkaServer)`.
  /^ (?<message>.*) \((?<logger>(?:[a-z]\w{0,80}\.){1,20}[A-Za-z$]{1,80})\)$/s,
  // Django and others: ` [django.request:241] msg`.
  behind(String.raw`[\])]* ?[[(](?<logger>${dotted})(?::\d+)? *[\])] ?`),
  // log4j, logback, log4net, Hadoop, tracing, OpenStack: ` [main] com.acme.Shop - msg`, ` com.acme.Shop: msg`, ` nova.api [req-1 - -] msg`.
  behind(String.raw`[\])]* *${groups}(?<logger>${dotted})(?::\d+)?(?: \[\(null\)\] - | +-{1,2} | *: |\] | (?=\[))`),
  behind(String.raw`[\])]* *${groups}(?<logger>${className}) `),
  // Tomcat: ` [main] org.apache.catalina.startup.Catalina.load msg`.
  behind(String.raw` \[[^\]]{0,120}\] (?<logger>${longDotted}) `),
  // An undotted name counts before a dash only: ` [main] Boot:12 - msg`.
  behind(String.raw`[\])]* *${groups}(?<logger>[A-Za-z_][\w$-]{0,80})(?::\d+)? +-{1,2} `),
  // tracing inside of spans: ` request{id=1}: shop::orders: msg`.
  behind(String.raw` (?:[\w-]{1,80}(?:\{[^}]{0,200}\})?:){1,8} ?(?<logger>${dotted}): `),
];

/** Behind a level of one letter: GlusterFS, MongoDB, Android and etcd. */
export const behindLetter: readonly RegExp[] = [
  behind(String.raw` \[MSGID: \d+\] \[[^\]]{0,120}\] (?<logger>[\w-]{1,80}): `),
  behind(String.raw` (?:(?<logger>[A-Z]+)|-) +\[[^\]]{0,80}\] `),
  behind(String.raw` {3,}(?=[A-Z]{4}\d{4}[A-Z]: )`),
  behind(String.raw`/(?<logger>[\w.$:-]{1,80}?) *(?:\( *\d+\))?: `),
  behind(String.raw` +(?:\| )?(?<logger>[^\s:][^:]{0,79}?) *: `),
];

/** glog's and klog's ` 1 file.go:12] msg`, behind the time. */
export const behindGlogTime = behind(String.raw` +\d+ (?<logger>[\w./-]{1,200}):\d+\] `);
/** Android's brief `/Tag( 123): msg`. */
export const behindBriefLetter = behind(String.raw`/(?<logger>[\w.$:-]{1,80}?) *(?:\( *\d+\))?: `);
/** RFC 5424 behind its time: host, program, process, message id, structured data, message. */
export const behindSyslogTime = behind(
  String.raw` \S{1,255} (?<logger>\S{1,48}) \S{1,128} \S{1,32} (?:-|(?:\[(?:[^\]\\"]|\\.|"(?:[^"\\]|\\.)*")*\])+) ?`,
);

/** Tried in order on the text before the level. */
export const layoutsBefore: readonly RegExp[] = [
  // A syslog tag: ` web1 postfix/smtpd[4711]: `.
  /(?:^|[\s\]])(?<logger>[A-Za-z][\w./@-]{0,80}?)(?:\([\w-]{1,40}\))?(?:\[[\w.]{1,40}\])?:(?:\s|$)/,
  // macOS: ` mac process[1] <`.
  /(?:^|\s)(?<logger>[A-Za-z][\w.-]{0,80})\[\d+\] <?$/,
  // Python: ` - shop.orders - `; Proxifier: `] chrome.exe - shop.test:443 `.
  /(?:^\]| -) (?<logger>[A-Za-z_][\w.-]{0,200}) - /,
  // Monolog's `app.`.
  / (?<logger>\w+)\.$/,
  // A dotted logger right before the level, in brackets or not, with a line number or not: `[salt.master    :123 ][`.
  /(?:^|[[(\s])(?<logger>[A-Za-z_$][\w$]{0,80}(?:(?:\.|::)[A-Za-z_$][\w$]{0,80}){1,20})(?: *:\d+ *)?[\])]? *[[(|:-]?$/,
];

/** A bare word right before the level: BlueGene's component, Python's logger, SQL Server's source. */
export const wordBefore = /(?:^|\s)(?<logger>[A-Za-z_][\w-]{0,80})\s{1,40}$/;
