/**
 * WhatsApp by Meta's Cloud API. A business may begin a conversation with approved templates alone, so there are two, each in both
 * languages: `xm_code` of the category authentication, with a button that copies the code, and `xm_notice` of the category utility,
 * whose only parameter is the text.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates/auth-otp-template-messages
 */
import * as z from 'zod';
import type { ShortText, TextCarrier } from './ports.ts';

interface WhatsappAccount {
  /** Of the business's number: `https://graph.facebook.com/<version>/<id of the number>`. */
  readonly url: string;
  /** Asked for with every message, so that it may be renewed. */
  readonly token: () => Promise<string>;
}

const timeoutMs = 10_000;

/**
 * Error codes that are about the one who should get the message, or about the message: sent to oneself, cannot be delivered (no WhatsApp,
 * blocked, too old), part of an experiment, not let through by Meta, refused by the recipient. All others may be another time.
 */
const refusals = new Set([131009, 131021, 131026, 131030, 130472, 131049, 131050]);

const failure = z.object({ error: z.object({ code: z.int() }) });

export function whatsappCarrier({ url, token }: WhatsappAccount): TextCarrier {
  return {
    async send(text) {
      const answer = await fetch(`${url}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
        body: JSON.stringify(requestOf(text)),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (answer.ok) {
        await answer.body?.cancel();
        return { isSent: true };
      }
      const code = failure.safeParse(await answer.json().catch(() => undefined)).data?.error.code;
      if (code !== undefined && refusals.has(code)) return { isSent: false, reason: `WhatsApp ${code}` };
      throw new Error(`WhatsApp answered ${answer.status} with the error ${code ?? 'unknown'}`);
    },
  };
}

function requestOf({ to, text, locale, code }: ShortText): object {
  const parameters = (value: string) => [{ type: 'text', text: value }];
  const components =
    code === undefined
      ? [{ type: 'body', parameters: parameters(text) }]
      : [
          { type: 'body', parameters: parameters(code) },
          { type: 'button', sub_type: 'url', index: '0', parameters: parameters(code) },
        ];
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: to.slice(1),
    type: 'template',
    template: { name: code === undefined ? 'xm_notice' : 'xm_code', language: { code: locale }, components },
  };
}
