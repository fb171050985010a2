import { InvalidParameterException, InvalidParameterValueException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { TextCarrier } from './ports.ts';

/** A client that gives up on a single request after 10 s. The queue is what tries again later. */
export const snsClient = (): SNSClient =>
  new SNSClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true } });

/**
 * SMS by Amazon SNS, straight to a number, from the sender that the account has registered for its country. Needs `sns:Publish`, which
 * no resource but `*` stands for. What SNS has taken may still not arrive, and it does not say so here.
 */
export function snsSmsCarrier(client: SNSClient): TextCarrier {
  return {
    async send({ to, text }) {
      try {
        await client.send(
          new PublishCommand({
            PhoneNumber: to,
            Message: text,
            // Before marketing in the carrier's queue; nothing of ours is that.
            MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' } },
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
