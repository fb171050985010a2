import { BadRequestException, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { EmailCarrier } from './ports.ts';

/** A client that gives up on a single request after 10 s. The queue is what tries again later. */
export const sesClient = (): SESv2Client =>
  new SESv2Client({ maxAttempts: 2, requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true } });

/**
 * Mail by Amazon SES. `from` is an address of a verified identity, with or without a name. Needs `ses:SendEmail` on that identity.
 * Bounces come later and by another way: SES keeps addresses that do not exist on its own suppression list.
 */
export function sesEmailCarrier(client: SESv2Client, from: string): EmailCarrier {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    async send({ to, subject, text, html }) {
      try {
        await client.send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: [to] },
            Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
          }),
        );
        return { isSent: true };
      } catch (error) {
        // An address that cannot be one. MessageRejected is something else: mostly our own identity, which is not verified here, and
        // then everything has to wait in the dead-letter queue until it is.
        if (error instanceof BadRequestException) return { isSent: false, reason: error.name };
        throw error;
      }
    },
  };
}
