/**
 * What the rooms of the local stack know of each other. Each room implements one of these and takes the others as dependencies;
 * `stack.ts` is the only place that puts them together.
 */

/** One resource of the synthesised template with every intrinsic function resolved. */
export interface Resource {
  readonly logicalId: string;
  /** CloudFormation type, for example `AWS::SQS::Queue`. */
  readonly type: string;
  /** The name AWS would give it: table, queue, bucket, function or role name. What `Ref` answers may differ (a queue's is its URL). */
  readonly physicalName: string;
  readonly arn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The template as the local stack sees it: resolved, ordered as written. */
export interface StackModel {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: Readonly<Record<string, string>>;
  ofType(type: string): Resource[];
  byArn(arn: string): Resource | undefined;
}

/** Time of the whole local stack: the machine's clock plus an offset that only `advance` moves. */
export interface LocalClock {
  /** Milliseconds since the epoch, local stack time. */
  now(): number;
  readonly offsetMs: number;
  /** Stores a timer durably; one with the same id replaces the former. Overdue timers fire at start. */
  schedule(timer: Timer): void;
  cancel(timerId: string): void;
  /** Who fires the timers of a kind. A handler that throws gets its timer again, with back-off. Register before `start`. */
  handle(kind: string, handler: (timer: Timer) => Promise<void>): void;
  /** Told of every change of the offset, before any timer fires on it: workers and child processes follow the same clock. */
  onShift(listener: (offsetMs: number) => void | Promise<void>): void;
  /** Asked by `advance` for things that keep their own deadlines (a queue's visibility): the next one after `now`, if any. */
  onNextDue(source: () => number | undefined | Promise<number | undefined>): void;
  /** Moves time forward and fires what falls due on the way, in order, each at its own instant. Resolves when all of it has been handled. */
  advance(milliseconds: number): Promise<void>;
}

export interface Timer {
  readonly id: string;
  /** Who handles it: `states.wait`, `schedule`, … */
  readonly kind: string;
  /** Milliseconds since the epoch, local stack time. */
  readonly dueAtMs: number;
  readonly payload: unknown;
}

/** Runs functions of the template, by ARN. */
export interface Invoker {
  /** RequestResponse. Resolves with the outcome; never rejects for what the function did. */
  invoke(functionArn: string, event: unknown): Promise<InvokeOutcome>;
}

export type InvokeOutcome =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly reason: 'error' | 'timeout' | 'exit' | 'throttled' | 'too-large';
      readonly errorType: string;
      readonly errorMessage: string;
    };

/** Who signs a request: the operator of the machine (everything allowed) or one function (what its role grants). */
export interface Principal {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Function name, or `operator`. */
  readonly name: string;
  /** Policy statements of its role, resolved; undefined allows everything. */
  readonly statements: readonly PolicyStatement[] | undefined;
}

/** One IAM statement, arrays normalised, intrinsics resolved. Unsupported elements were refused at load. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** What the statement leaves out of these. */
  readonly notResources?: readonly string[];
  /** operator → condition key → values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** One thing a request wants to do. A batch or a transaction asks for several, and all must be granted. */
export interface AccessRequest {
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys, for example `dynamodb:LeadingKeys`. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface Access {
  principalOf(accessKeyId: string): Principal | undefined;
  /** The first access request that is not granted, or undefined when all are. */
  denied(principal: Principal, requests: readonly AccessRequest[]): AccessRequest | undefined;
}

/** What engines answer on, behind the gateway. Rooms of the stack call them directly, as AWS's own services would; functions never do. */
export interface EngineEndpoints {
  readonly dynamodbUrl: string;
  readonly sqsUrl: string;
}

/** Where a line of the stack's own log goes: the terminal and `.local/logs/stack.log`. */
export interface StackLog {
  info(room: string, message: string): void;
  warn(room: string, message: string): void;
}

/** A running room: ends with everything it started. */
export interface Closable {
  close(): Promise<void>;
}
