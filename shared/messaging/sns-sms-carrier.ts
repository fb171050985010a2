import { InvalidParameterException, InvalidParameterValueException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { TextCarrier } from './ports.ts';

/** A client that gives up on a single request after 10 s. The queue is what tries again later. */
export const snsClient = (): SNSClient =>
  new SNSClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true } });

/**
 * SMS by Amazon SNS, straight to a number. `senderId` is the name a phone shows, registered for Indonesia; null for what SNS takes.
 * Needs `sns:Publish`, which for a number can be granted on `*` alone. What SNS has taken may still not arrive, and it does not say so here.
 */
export function snsSmsCarrier(client: SNSClient, senderId: string | null): TextCarrier {
  const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    async send({ to, text }) {
      try {
        await client.send(
          new PublishCommand({
            PhoneNumber: to,
            Message: text,
            MessageAttributes: {
              // Before marketing in the carrier's queue; nothing of ours is that.
              'AWS.SNS.SMS.SMSType': attribute('Transactional'),
              ...(senderId !== null && { 'AWS.SNS.SMS.SenderID': attribute(senderId) }),
            },
          }),
        );
        return { isSent: true };
      } catch (error) {
        if (error instanceof InvalidParameterException || error instanceof InvalidParameterValueException)
          return { isSent: false, reason: error.name };
        throw error;
      }
    },
  };
}
