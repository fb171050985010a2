/**
 * The outbox: what SES and SNS would have sent. It is shown at `/_local/outbox` and in the terminal, and survives a restart.
 */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ApiRefusal } from '../gateway/api-refusal.ts';
import { NotOffered } from '../gateway/requested-call.ts';
import type { LocalClock } from '../ports.ts';

export interface OutboxMessage {
  readonly id: string;
  readonly channel: 'email' | 'sms' | 'whatsapp' | 'topic';
  readonly to: string;
  readonly subject: string | null;
  readonly text: string;
  /** ISO 8601, stack time. */
  readonly sentAt: string;
}

export interface Outbox {
  /** SES v2 `SendEmail`. */
  ses(operation: string, input: object): Promise<object>;
  /** SNS `Publish` to a phone number, or to a topic, whose subscribers nobody knows here. Answers the message's id. */
  sns(operation: string, input: object): Promise<{ MessageId: string }>;
  /** WhatsApp Cloud API `POST /<version>/<number id>/messages`. */
  whatsapp(input: object): object;
  /** What is sent meanwhile is kept and not printed. */
  quietly(work: () => Promise<void>): Promise<void>;
  /** Newest first. */
  list(to?: string): OutboxMessage[];
}

/** Messages that are kept; the oldest go. */
const messagesMax = 1_000;
const listedMax = 100;

export function openOutbox({
  database,
  clock,
  print,
}: {
  readonly database: DatabaseSync;
  readonly clock: Pick<LocalClock, 'now'>;
  /** To the terminal alone: codes and links have no place in a log file. */
  readonly print: (text: string) => void;
}): Outbox {
  database.exec(
    'CREATE TABLE IF NOT EXISTS outbox (number INTEGER PRIMARY KEY, id TEXT NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT, text TEXT NOT NULL, sent_ms INTEGER NOT NULL) STRICT',
  );
  const insert = database.prepare('INSERT INTO outbox (id, channel, recipient, subject, text, sent_ms) VALUES (?, ?, ?, ?, ?, ?)');
  const trim = database.prepare('DELETE FROM outbox WHERE number <= (SELECT MAX(number) FROM outbox) - ?');
  const select = database.prepare('SELECT * FROM outbox WHERE ? IS NULL OR recipient = ? ORDER BY number DESC LIMIT ?');
  let isQuiet = false;
  const keep = (message: Omit<OutboxMessage, 'id' | 'sentAt'>): string => {
    const id = randomUUID();
    insert.run(id, message.channel, message.to, message.subject, message.text, clock.now());
    trim.run(messagesMax);
    if (!isQuiet)
      print(
        `outbox: ${message.channel} to ${message.to}${message.subject === null ? '' : `: ${message.subject}`}\n${indented(message.text)}\n`,
      );
    return id;
  };
  return {
    async ses(operation, input) {
      if (operation !== 'SendEmail') throw new NotOffered(`ses:${operation}`);
      const { Destination, Content } = parsed(emailSchema, input);
      const { Subject, Body } = Content.Simple;
      const ids = Destination.ToAddresses.map((to) => keep({ channel: 'email', to, subject: Subject.Data, text: Body.Text.Data }));
      return { MessageId: ids[0] };
    },
    async sns(operation, input) {
      if (operation !== 'Publish') throw new NotOffered(`sns:${operation}`);
      if ('TopicArn' in input) {
        const { TopicArn, Subject, Message } = parsed(topicSchema, input);
        return { MessageId: keep({ channel: 'topic', to: TopicArn, subject: Subject ?? null, text: Message }) };
      }
      const { PhoneNumber, Message } = parsed(smsSchema, input);
      return { MessageId: keep({ channel: 'sms', to: PhoneNumber, subject: null, text: Message }) };
    },
    whatsapp(input) {
      const { to, template, text } = parsed(whatsappSchema, input);
      const said = text?.body ?? [template?.name, ...valuesOf(template)].filter((part) => part !== undefined).join(' · ');
      return { messaging_product: 'whatsapp', messages: [{ id: keep({ channel: 'whatsapp', to, subject: null, text: said }) }] };
    },
    async quietly(work) {
      isQuiet = true;
      await work().finally(() => (isQuiet = false));
    },
    list: (to) =>
      select.all(to ?? null, to ?? null, listedMax).map((row) => ({
        id: String(row['id']),
        channel: row['channel'] as OutboxMessage['channel'],
        to: String(row['recipient']),
        subject: row['subject'] === null ? null : String(row['subject']),
        text: String(row['text']),
        sentAt: new Date(Number(row['sent_ms'])).toISOString(),
      })),
  };
}

const emailSchema = z.object({
  FromEmailAddress: z.string(),
  Destination: z.object({ ToAddresses: z.array(z.string()).min(1) }),
  Content: z.object({
    Simple: z.object({ Subject: z.object({ Data: z.string() }), Body: z.object({ Text: z.object({ Data: z.string() }) }) }),
  }),
});
const smsSchema = z.object({ PhoneNumber: z.string().regex(/^\+\d{8,15}$/), Message: z.string().min(1).max(1_600) });
/** 256 KB is SNS's own bound. */
const topicSchema = z.object({
  TopicArn: z.string().startsWith('arn:aws:sns:'),
  Subject: z.string().max(100).optional(),
  Message: z
    .string()
    .min(1)
    .max(256 * 1024),
});
const whatsappSchema = z.object({
  to: z.string(),
  text: z.object({ body: z.string() }).optional(),
  template: z
    .object({
      name: z.string(),
      components: z.array(z.looseObject({ parameters: z.array(z.looseObject({ text: z.string().optional() })) })).optional(),
    })
    .optional(),
});

function valuesOf(template: z.output<typeof whatsappSchema>['template']): string[] {
  return (template?.components ?? []).flatMap(({ parameters }) => parameters.flatMap(({ text }) => text ?? []));
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: object): z.output<Schema> {
  const result = schema.safeParse(input);
  if (!result.success) throw new ApiRefusal('BadRequestException', z.prettifyError(result.error));
  return result.data;
}

const indented = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
