/**
 * Event notifications, through an outbox: the row is written with the change itself and deleted once the event was delivered.
 * So an event is lost by no crash, and may come twice, as on AWS.
 *
 * Source of the record's shape: "Event message structure", S3 User Guide.
 */
import type { Bucket } from './buckets.ts';
import type { NotificationRule, S3Notification } from './config.ts';
import type { Database, Row } from './database.ts';

export interface ObjectEvent {
  /** Without the leading `s3:`, for example `ObjectCreated:Put`. */
  readonly name: string;
  readonly key: string;
  readonly size?: number;
  readonly etag?: string;
  /** `null` (no versioning) is left out of the record. */
  readonly versionId: string;
  readonly timeMs: number;
  readonly requestId: string;
  readonly principalName: string;
  readonly sourceIpAddress: string;
}

interface OutboxOptions {
  readonly database: Database;
  readonly region: string;
  readonly accountId: string;
  readonly send: (id: number, notification: S3Notification) => void;
}

/** Events that are on their way at one time. */
const inFlightMax = 64;
const retryMs = { first: 500, max: 30_000 };

export class Outbox {
  readonly #options: OutboxOptions;
  /** Rows up to this id were sent at least once since the start. */
  #lastSent = 0;
  readonly #inFlight = new Set<number>();
  /** Failed ones whose time has come again. */
  readonly #again = new Set<number>();
  readonly #failures = new Map<number, number>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Writes a row for each rule that asks for the event. In the transaction of the change. */
  record(bucket: Bucket, event: ObjectEvent): void {
    for (const rule of bucket.notifications) {
      if (!ruleMatches(rule, event)) continue;
      this.#options.database.run(
        'INSERT INTO outbox VALUES (NULL, ?, ?, ?, ?)',
        bucket.name,
        rule.id,
        rule.targetArn,
        JSON.stringify(event),
      );
    }
  }

  /** Sends what is due, oldest first. After a change was committed, and at start. */
  flush(): void {
    const { database } = this.#options;
    for (const id of this.#again) {
      if (this.#inFlight.size >= inFlightMax) return;
      this.#again.delete(id);
      const row = database.get('SELECT * FROM outbox WHERE id = ?', id);
      if (row) this.#send(row);
    }
    const free = inFlightMax - this.#inFlight.size;
    for (const row of database.all('SELECT * FROM outbox WHERE id > ? ORDER BY id LIMIT ?', this.#lastSent, free)) {
      this.#lastSent = Number(row['id']);
      this.#send(row);
    }
  }

  /** The supervisor's word on one event. A failed one is sent again, later each time. */
  settle(id: number, delivered: boolean): void {
    this.#inFlight.delete(id);
    if (delivered) {
      this.#failures.delete(id);
      this.#options.database.run('DELETE FROM outbox WHERE id = ?', id);
      this.flush();
      return;
    }
    const failures = (this.#failures.get(id) ?? 0) + 1;
    this.#failures.set(id, failures);
    const delayMs = Math.min(retryMs.first * 2 ** (failures - 1), retryMs.max);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#again.add(id);
      this.flush();
    }, delayMs);
    this.#timers.add(timer);
    // Others may go ahead: the target that failed is not theirs.
    this.flush();
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #send(row: Row): void {
    const id = Number(row['id']);
    this.#inFlight.add(id);
    const target = { bucket: String(row['bucket']), ruleId: String(row['rule_id']), id };
    const event = { Records: [this.#recordOf(JSON.parse(String(row['event'])) as ObjectEvent, target)] };
    this.#options.send(id, { targetArn: String(row['target_arn']), bucket: target.bucket, event });
  }

  #recordOf(event: ObjectEvent, { bucket, ruleId, id }: { bucket: string; ruleId: string; id: number }) {
    const { region, accountId } = this.#options;
    return {
      eventVersion: /^Object(Created|Removed):/.test(event.name) ? '2.1' : '2.3',
      eventSource: 'aws:s3',
      awsRegion: region,
      eventTime: new Date(event.timeMs).toISOString(),
      eventName: event.name,
      userIdentity: { principalId: `AWS:${event.principalName}` },
      requestParameters: { sourceIPAddress: event.sourceIpAddress },
      responseElements: { 'x-amz-request-id': event.requestId, 'x-amz-id-2': event.requestId },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: ruleId,
        bucket: { name: bucket, ownerIdentity: { principalId: accountId }, arn: `arn:aws:s3:::${bucket}` },
        object: {
          key: encodeListed(event.key),
          size: event.size,
          eTag: event.etag,
          versionId: event.versionId === 'null' ? undefined : event.versionId,
          // Grows with every event, so consumers can tell which of two on one key came later.
          sequencer: id.toString(16).toUpperCase().padStart(18, '0'),
        },
      },
    };
  }
}

function ruleMatches(rule: NotificationRule, event: ObjectEvent): boolean {
  const asked = rule.events.some((pattern) => {
    const name = pattern.replace(/^s3:/, '');
    return name.endsWith(':*') ? event.name.startsWith(name.slice(0, -1)) : event.name === name;
  });
  return asked && event.key.startsWith(rule.prefix ?? '') && event.key.endsWith(rule.suffix ?? '');
}

/** How S3 writes keys in events and in listings with `encoding-type=url`: form encoding, slashes as they are. */
export function encodeListed(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
