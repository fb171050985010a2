/**
 * What every call to Xendit has in common: who asks, and which answers are refusals.
 */
import { answerWrong, type GatewayAnswer, type GatewayClient, type GatewaySettings, readAnswer } from './gateway-client.ts';
import { paymentFault } from './payment-faults.ts';
import { xenditErrorCode, xenditReason, xenditRequest, type XenditRequest } from './xendit-answers.ts';

export interface XenditSettings extends GatewaySettings {
  /** `https://api.xendit.co`; whether it is a test is in the key. */
  readonly baseUrl: string;
  /** Asked for with every call, so that it may be renewed. */
  readonly secretKey: () => Promise<string>;
  /** The verification token of the dashboard's webhook settings. */
  readonly callbackToken: () => Promise<string>;
  /** Where a wallet's app sends the member back to. */
  readonly returnUrl: string;
  /** What a bank's app shows as the payee of a virtual account. */
  readonly displayName: string;
}

export interface Xendit {
  readonly client: GatewayClient;
  readonly settings: XenditSettings;
}

export const apiVersion = { 'api-version': '2024-11-11' } as const;

/** Undefined when there is no such thing. */
export async function ask({ client, settings }: Xendit, operation: string, path: string): Promise<unknown> {
  const key = await settings.secretKey();
  const answer = await client({ operation, method: 'GET', path, key, headers: apiVersion, isRepeatable: true });
  if (answer.status === 404) return undefined;
  if (answer.status >= 400) throw unavailable(operation, answer);
  return answer.body;
}

export function requestIn(operation: string, body: unknown, depositId: string): XenditRequest {
  const request = readAnswer(operation, body, xenditRequest);
  if (request.reference_id !== depositId) throw answerWrong(operation, 'an answer about another reference');
  return request;
}

/** Refused for now: a key that is wrong, a channel that is down, a request that came too fast. */
const passing = new Set(['TEMPORARILY_UNAVAILABLE', 'CHANNEL_UNAVAILABLE', 'RATE_LIMIT_EXCEEDED', 'REFUND_IN_PROGRESS']);

/** Nothing about the charge itself, so nothing that is for good. */
export function isAboutUs({ status: code, body }: GatewayAnswer): boolean {
  return code === 401 || code === 408 || passing.has(xenditErrorCode(body) ?? '') || xenditErrorCode(body) === 'REQUEST_FORBIDDEN_ERROR';
}

export function refusalOf(operation: string, answer: GatewayAnswer): string | undefined {
  if (answer.status < 400) return undefined;
  if (isAboutUs(answer)) throw unavailable(operation, answer);
  return xenditReason(answer.status, answer.body);
}

export function unavailable(operation: string, { status: code, body }: GatewayAnswer) {
  return paymentFault('payments.gateway-unavailable', { cause: new Error(`${operation}: ${xenditReason(code, body)}`) });
}
