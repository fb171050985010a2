import type { WebhookOutcome, WebhookRequest } from '#shared/payments/ports.ts';
import type { Webhook, WebhookChannel, WebhookNews } from './webhook.ts';

export interface WebhookStore {
  /** Keeps it unless it is there already, counts the delivery, and answers it as it is then. */
  keep(webhook: Pick<Webhook, 'channel' | 'eventId' | 'rawBody' | 'notification' | 'receivedAtMs'>): Promise<Webhook>;
  get(news: WebhookNews): Promise<Webhook | undefined>;
  /** It has been worked on. */
  processed(news: WebhookNews, nowMs: number): Promise<void>;
}

export interface WebhookQueue {
  send(news: WebhookNews): Promise<void>;
}

/** Tells whose a request is. */
type AdmitWebhook = (request: WebhookRequest) => Promise<WebhookOutcome<{ readonly eventId: string }>>;
export type Admissions = Readonly<Record<WebhookChannel, AdmitWebhook>>;
