import { InvalidParameterException, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { AlertCarriers } from './ports.ts';

/** SNS's own bound of a subject, which takes ASCII alone. */
const subjectCharactersMax = 100;

/** Publishes to the deployment's own topic; who gets it is said by its subscriptions. Needs `sns:Publish` on the topic. */
export function snsAlertCarrier(client: SNSClient, topicArn: string): AlertCarriers['sns'] {
  return {
    async send(_channel, alert, { headline, facts, link, patternLink }) {
      const lines = [
        headline,
        '',
        ...facts.map(({ name, value }) => `${name}: ${value}`),
        '',
        link,
        ...(patternLink === null ? [] : [patternLink]),
      ];
      try {
        await client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: `XM: ${headline}`.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, subjectCharactersMax),
            Message: lines.join('\n'),
            MessageAttributes: { kind: { DataType: 'String', StringValue: alert.kind } },
          }),
        );
        return { isSent: true };
      } catch (error) {
        if (error instanceof InvalidParameterException) return { isSent: false, reason: error.name };
        throw error;
      }
    },
  };
}
