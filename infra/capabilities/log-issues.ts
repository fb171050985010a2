import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alertRoutes } from '#shared/logs/alerts/alert-routes.ts';
import { issueRoutes } from '#shared/logs/issues/issue-routes.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { HouseQueue } from '../constructs/house-queue.ts';
import type { Api } from './api.ts';
import type { Audit } from './audit.ts';
import type { Identity } from './identity.ts';
import type { Logs } from './logs.ts';
import type { Messages } from './messages.ts';

export interface LogIssuesProps {
  readonly api: Api;
  readonly audit: Audit;
  readonly identity: Identity;
  readonly logs: Logs;
  readonly messages: Messages;
  /** For the links of alerts. */
  readonly backofficeOrigin: string;
  /** `public`: webhooks lead to the internet by https alone. `any` is for a machine of a developer. */
  readonly webhookReach: string;
}

/** What people do with the patterns that the Log Scanner finds: decide about them, and be told of them. */
export class LogIssues extends Construct {
  /** Alerts of the channel `sns` go here; operators subscribe to it. */
  readonly topic: Topic;
  private readonly props: LogIssuesProps;
  private readonly alerts: HouseQueue;

  constructor(scope: Construct, id: string, props: LogIssuesProps) {
    super(scope, id);
    this.props = props;
    this.topic = new Topic(this, 'AlertTopic', { enforceSSL: true });
    this.alerts = new HouseQueue(this, 'Alerts', {
      visibilityTimeout: Duration.minutes(2),
      errorImpact: 'alerts of the Log Scanner have not reached their channels',
      receivesMax: 8,
    });
    this.decisions();
    this.rules();
    this.deliveries();
    this.raising();
  }

  private decisions(): void {
    const { api, audit, identity, logs } = this.props;
    const patterns = new HouseFunction(this, 'Patterns', {
      entry: 'logs/patterns',
      errorImpact: 'developers cannot see or decide about patterns of errors',
      timeout: Duration.seconds(29),
      memoryMegabytes: 1_024,
      environment: { LOGS_TABLE: logs.table.tableName },
    });
    logs.table.allow(patterns, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem', 'dynamodb:PutItem');
    logs.table.allowIndex(patterns, 'gsi1');
    audit.appendedBy(patterns);
    identity.namesStaff(patterns);
    api.seesViewers(patterns);
    for (const route of Object.values(issueRoutes)) api.route(route, patterns);
  }

  private rules(): void {
    const { api, audit, identity, logs, webhookReach } = this.props;
    const rules = new HouseFunction(this, 'AlertRules', {
      entry: 'logs/alert-rules',
      errorImpact: 'nobody can see or change alert rules of the Log Scanner',
      environment: { LOGS_TABLE: logs.table.tableName, ALERTS_QUEUE_URL: this.alerts.queue.queueUrl, WEBHOOK_REACH: webhookReach },
    });
    const actions = ['GetItem', 'Query', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'];
    logs.table.allow(rules, ...actions.map((action) => `dynamodb:${action}`));
    logs.table.allowIndex(rules, 'gsi1');
    this.alerts.queue.grant(rules, 'sqs:SendMessage');
    audit.appendedBy(rules);
    identity.namesStaff(rules);
    api.seesViewers(rules);
    for (const route of Object.values(alertRoutes)) api.route(route, rules);
  }

  private deliveries(): void {
    const { logs, messages, backofficeOrigin, webhookReach } = this.props;
    const deliver = new HouseFunction(this, 'DeliverAlert', {
      entry: 'logs/deliver-alert',
      errorImpact: 'alerts of the Log Scanner do not reach their channels',
      timeout: Duration.minutes(1),
      environment: {
        LOGS_TABLE: logs.table.tableName,
        ALERTS_QUEUE_URL: this.alerts.queue.queueUrl,
        ALERT_TOPIC_ARN: this.topic.topicArn,
        BACKOFFICE_ORIGIN: backofficeOrigin,
        WEBHOOK_REACH: webhookReach,
      },
    });
    deliver.addEventSource(new SqsEventSource(this.alerts.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 4 }));
    logs.table.allow(deliver, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    this.alerts.queue.grant(deliver, 'sqs:ChangeMessageVisibility');
    this.topic.grantPublish(deliver);
    messages.sentBy(deliver);
  }

  /** A file's alerts are raised where it is rolled up: whoever rolls it up again raises the same ones. */
  private raising(): void {
    const { rollUp } = this.props.logs;
    rollUp.addEnvironment('ALERTS_QUEUE_URL', this.alerts.queue.queueUrl);
    this.alerts.queue.grant(rollUp, 'sqs:SendMessage');
  }
}
