import { Duration } from 'aws-cdk-lib';
import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmTopicOf } from './alarm-topic.ts';

export interface HouseQueueProps {
  /** At least the timeout of the function that consumes it: Lambda refuses less. */
  readonly visibilityTimeout: Duration;
  /** What is lost while messages lie in the dead-letter queue; it becomes the alarm's text. */
  readonly errorImpact: string;
  /** How long messages are kept, here and in the dead-letter queue; 14 days without it, which is SQS's longest. */
  readonly retention?: { readonly queued: Duration; readonly dead: Duration };
  /** Receives before a message goes to the dead-letter queue. Default 4. */
  readonly receivesMax?: number;
}

/** A queue with its dead-letter queue, an alarm on that, encryption, and TLS asked of every caller. */
export class HouseQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly receivesMax: number;

  constructor(scope: Construct, id: string, props: HouseQueueProps) {
    super(scope, id);
    const shared = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    const { queued, dead } = props.retention ?? { queued: Duration.days(14), dead: Duration.days(14) };
    this.receivesMax = props.receivesMax ?? 4;
    this.deadLetters = new Queue(this, 'DeadLetters', { ...shared, retentionPeriod: dead });
    this.queue = new Queue(this, 'Queue', {
      ...shared,
      retentionPeriod: queued,
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: this.receivesMax },
    });
    new Alarm(this, 'DeadLettersAlarm', {
      alarmDescription: `Messages wait in the dead-letter queue: ${props.errorImpact}.`,
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(alarmTopicOf(this));
  }
}
