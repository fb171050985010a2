import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { DefinitionBody, JitterType, StateMachine, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { depositRoutes } from '#shared/wallet/deposits/deposit-routes.ts';
import { deskDepositRoutes } from '#shared/wallet/deposits/desk-deposit-routes.ts';
import { pageRoutes } from '#shared/wallet/deposits/page-routes.ts';
import { webhookRoutes } from '#shared/wallet/webhooks/webhook-routes.ts';
import { HouseFunction, type HouseFunctionProps } from '../constructs/house-function.ts';
import { alarmOnLine } from '../constructs/line-alarm.ts';
import { argued } from '../constructs/nag.ts';
import type { Api } from './api.ts';
import type { Audit } from './audit.ts';
import { newsTimeout, type Wallet } from './wallet.ts';

export interface DepositsProps {
  readonly api: Api;
  readonly audit: Audit;
  readonly wallet: Wallet;
  /** Origin of the hosted deposit page, where links to it lead. */
  readonly pageOrigin: string;
  /** `bank:number:name`; `off` takes no transfers by hand. */
  readonly transferAccount: string;
}

/** Money in: members open deposits, gateways tell of payments, timers end what was not paid. */
export class Deposits extends Construct {
  private readonly props: DepositsProps;

  constructor(scope: Construct, id: string, props: DepositsProps) {
    super(scope, id);
    this.props = props;
    this.members();
    this.desk();
    this.webhooks();
    this.news();
    this.expiry();
    this.sweep();
  }

  private members(): void {
    const { api, wallet, transferAccount } = this.props;
    const linkKey = this.linkKey();
    const deposits = this.settling('Members', {
      entry: 'wallet/deposits',
      errorImpact: 'members cannot open a deposit or see what became of it',
      timeout: Duration.seconds(29),
      environment: { TRANSFER_ACCOUNT: transferAccount, DEPOSIT_LINK_SECRET_ID: linkKey.secretArn },
    });
    wallet.countsLimits(deposits);
    api.seesViewers(deposits);
    deposits.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [linkKey.secretArn] }));
    for (const route of [...Object.values(depositRoutes), ...Object.values(pageRoutes)]) api.route(route, deposits);
  }

  private desk(): void {
    const { api, audit } = this.props;
    const desk = this.settling('Desk', {
      entry: 'wallet/desk-deposits',
      errorImpact: 'staff cannot look at deposits, confirm transfers or decide about late payments',
      timeout: Duration.seconds(29),
    });
    audit.appendedBy(desk);
    api.seesViewers(desk);
    for (const route of Object.values(deskDepositRoutes)) api.route(route, desk);
  }

  /** Signs links to the deposit page. */
  private linkKey(): Secret {
    const secret = new Secret(this, 'LinkKey', {
      description: 'Signs links to the deposit page',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    argued(secret, 'AwsSolutions-SMG4', 'Links live for a day at most; a new key is put in by hand, and ends those that are out.');
    return secret;
  }

  private webhooks(): void {
    const { api, wallet } = this.props;
    const webhooks = new HouseFunction(this, 'Webhooks', {
      entry: 'wallet/webhooks',
      errorImpact: 'gateways cannot tell of payments and payouts, and try again for hours',
      environment: {
        PAYMENT_NEWS_QUEUE_URL: wallet.paymentNews.queue.queueUrl,
        PAYOUT_NEWS_QUEUE_URL: wallet.payoutNews.queue.queueUrl,
      },
    });
    wallet.keptBy(webhooks);
    wallet.admitsWebhooks(webhooks);
    for (const { queue } of [wallet.paymentNews, wallet.payoutNews]) queue.grant(webhooks, 'sqs:SendMessage');
    for (const route of Object.values(webhookRoutes)) api.route(route, webhooks);
    // A few strangers are nothing; many, or our own gateway with another key, are.
    alarmOnLine(webhooks, 'RefusedWebhooks', {
      line: 'A webhook was refused',
      linesMin: 20,
      description:
        'Webhooks are refused: either somebody tries to forge payments, or a gateway signs with a key that is not in its secret.',
    });
  }

  private news(): void {
    const { paymentNews } = this.props.wallet;
    const processing = this.settling('PaymentWebhooks', {
      entry: 'wallet/payment-webhooks',
      errorImpact: 'payments are not credited until the deadline of their deposits',
      timeout: newsTimeout,
      environment: { PAYMENT_NEWS_QUEUE_URL: paymentNews.queue.queueUrl },
    });
    // Somebody looks at the page and waits: what failed comes again after seconds, not after the visibility timeout.
    paymentNews.queue.grant(processing, 'sqs:ChangeMessageVisibility');
    processing.addEventSource(new SqsEventSource(paymentNews.queue, { batchSize: 5, reportBatchItemFailures: true, maxConcurrency: 50 }));
  }

  private expiry(): void {
    const expire = this.settling('Expire', {
      entry: 'wallet/expire-deposit',
      errorImpact: 'deposits that were not paid stay open until the sweeper ends them',
      timeout: Duration.seconds(60),
    });
    const machine = this.machineOf(expire);
    const start = new HouseFunction(this, 'StartExpiry', {
      entry: 'wallet/start-expiry',
      errorImpact: 'deposits get no timers, and end up to a minute late by the sweeper',
      timeout: Duration.minutes(1),
      environment: { EXPIRY_STATE_MACHINE_ARN: machine.stateMachineArn },
    });
    start.addToRolePolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }));
    this.props.wallet.table.followedBy(start, {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { sk: { S: ['DEPOSIT'] }, status: { S: ['pending'] } } },
    });
  }

  /**
   * Waits until the very second, then ends the deposit, with patience: Lambda may be short of room, and a gateway away or refuse a crowd (429). Thousands
   * may be due together, so that each tries again at a moment of its own. After that the sweeper goes on.
   */
  private machineOf(expire: HouseFunction): StateMachine {
    const wait = new Wait(this, 'UntilDeadline', { time: WaitTime.timestampPath('$.expiresAt') });
    const patience = { backoffRate: 2, jitterStrategy: JitterType.FULL };
    const end = new LambdaInvoke(this, 'EndDeposit', { lambdaFunction: expire, payloadResponseOnly: true, retryOnServiceExceptions: false })
      // Nothing has begun yet: room comes back by a thousand environments every ten seconds.
      .addRetry({ ...patience, errors: lambdaIsShort, interval: Duration.seconds(1), maxAttempts: 12, maxDelay: Duration.seconds(15) })
      .addRetry({ ...patience, errors: ['States.ALL'], interval: Duration.seconds(2), maxAttempts: 6, maxDelay: Duration.minutes(1) });
    const machine = new StateMachine(this, 'Expiry', {
      definitionBody: DefinitionBody.fromChainable(wait.next(end)),
      comment: 'Ends a deposit that was not paid',
    });
    argued(
      machine,
      'AwsSolutions-SF1',
      'Each execution keeps its own history for 90 days, and what it does is in the log of its function.',
    );
    argued(machine, 'AwsSolutions-SF2', 'It waits and calls one function: there is no path to trace.');
    argued(
      machine,
      `AwsSolutions-IAM5[Resource::<${functionIdOf(expire)}.Arn>:*]`,
      'The state machine of the CDK may call versions of this one function, of which there are none.',
    );
    return machine;
  }

  private sweep(): void {
    const sweep = this.settling('Sweep', {
      entry: 'wallet/sweep-deposits',
      errorImpact: 'deposits that their timers have missed stay open',
      timeout: Duration.seconds(55),
    });
    new Rule(this, 'SweepEveryMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new FunctionTarget(sweep, { retryAttempts: 0 })],
    });
  }

  /** A function that asks gateways and books what they say. */
  private settling(id: string, props: HouseFunctionProps): HouseFunction {
    const { wallet, pageOrigin } = this.props;
    const fn = new HouseFunction(this, id, { ...props, environment: { DEPOSIT_PAGE_ORIGIN: pageOrigin, ...props.environment } });
    wallet.keptBy(fn);
    wallet.knowsMembers(fn);
    wallet.takesPayments(fn);
    return fn;
  }
}

/**
 * What Step Functions calls it when Lambda has not taken an event.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
const lambdaIsShort = [
  'Lambda.TooManyRequestsException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
];

const functionIdOf = (fn: HouseFunction): string => Stack.of(fn).getLogicalId(fn.node.defaultChild as CfnFunction);
