import { ArnFormat, Duration, Fn, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { HouseQueue } from '../constructs/house-queue.ts';
import { alarmOnLine } from '../constructs/line-alarm.ts';
import { argued } from '../constructs/nag.ts';

export interface MessagesProps {
  /** Address that e-mails come from; its domain is a verified identity of SES. */
  readonly senderEmail: string;
  /** WhatsApp Cloud API up to the number's id; `off` sends nothing there. */
  readonly whatsAppUrl: string;
}

/** Messages to people: capabilities put them onto a queue, one function sends them by e-mail, SMS or WhatsApp. */
export class Messages extends Construct {
  private readonly outgoing: HouseQueue;

  constructor(scope: Construct, id: string, { senderEmail, whatsAppUrl }: MessagesProps) {
    super(scope, id);
    this.outgoing = new HouseQueue(this, 'Outgoing', {
      visibilityTimeout: Duration.minutes(3),
      errorImpact: 'codes and notices have not reached people',
      // Messages carry codes and links. What still fails after four receives, which take less than a minute, waits a day for somebody to look.
      retention: { queued: Duration.hours(1), dead: Duration.days(1) },
    });
    const whatsAppToken = new Secret(this, 'WhatsAppToken', { description: 'Access token of the WhatsApp Cloud API; set by hand' });
    argued(whatsAppToken, 'AwsSolutions-SMG4', 'Meta issues this token and ends it, so nothing here could rotate it.');
    const sender = new HouseFunction(this, 'Send', {
      entry: 'messaging/send-message',
      errorImpact: 'members and staff get no codes and no notices',
      timeout: Duration.minutes(1),
      environment: {
        SENDER_EMAIL: senderEmail,
        WHATSAPP_URL: whatsAppUrl,
        WHATSAPP_TOKEN_SECRET_ID: whatsAppToken.secretArn,
        MESSAGES_QUEUE_URL: this.outgoing.queue.queueUrl,
      },
    });
    // A code is waited for: what failed comes again after seconds, not after the visibility timeout.
    this.outgoing.queue.grant(sender, 'sqs:ChangeMessageVisibility');
    sender.addEventSource(new SqsEventSource(this.outgoing.queue, { batchSize: 10, reportBatchItemFailures: true }));
    this.grants(sender, { senderEmail, whatsAppToken });
    // One address that is not there is its owner's matter; many at once are a sender that is blocked, or an account still in its sandbox.
    alarmOnLine(sender, 'RefusedMessages', {
      line: 'A message was refused',
      linesMin: 5,
      description: 'While this lasts, carriers refuse messages for good: members and staff get no codes and no notices.',
    });
  }

  get queueUrl(): string {
    return this.outgoing.queue.queueUrl;
  }

  /** Lets a function put messages onto the queue. */
  sentBy(origin: HouseFunction): void {
    origin.addEnvironment('MESSAGES_QUEUE_URL', this.outgoing.queue.queueUrl);
    this.outgoing.queue.grant(origin, 'sqs:SendMessage');
  }

  private grants(sender: HouseFunction, { senderEmail, whatsAppToken }: { senderEmail: string; whatsAppToken: Secret }): void {
    const domain = Fn.select(1, Fn.split('@', senderEmail));
    const identity = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'identity',
      resourceName: domain,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    sender.addToRolePolicy(new PolicyStatement({ actions: ['ses:SendEmail'], resources: [identity] }));
    // A phone number is no resource; this leaves nothing but numbers.
    sender.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:aws:sns:*:*:*'] }));
    sender.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [whatsAppToken.secretArn] }));
  }
}
