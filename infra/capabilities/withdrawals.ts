import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { ledgerRoutes } from '#shared/wallet/ledger-desk/ledger-routes.ts';
import { deskWithdrawalRoutes } from '#shared/wallet/withdrawals/desk-withdrawal-routes.ts';
import { withdrawalRoutes } from '#shared/wallet/withdrawals/withdrawal-routes.ts';
import { HouseFunction, type HouseFunctionProps } from '../constructs/house-function.ts';
import type { Api } from './api.ts';
import type { Audit } from './audit.ts';
import type { Identity } from './identity.ts';
import { newsTimeout, type Wallet } from './wallet.ts';

export interface WithdrawalsProps {
  readonly api: Api;
  readonly audit: Audit;
  readonly identity: Identity;
  readonly wallet: Wallet;
}

/** Money out: members withdraw, staff approve, gateways pay and tell of it. */
export class Withdrawals extends Construct {
  private readonly props: WithdrawalsProps;

  constructor(scope: Construct, id: string, props: WithdrawalsProps) {
    super(scope, id);
    this.props = props;
    this.members();
    this.desk();
    this.payouts();
    this.sweep();
    this.ledger();
  }

  private members(): void {
    const { api, identity, wallet } = this.props;
    const withdrawals = new HouseFunction(this, 'Members', {
      entry: 'wallet/withdrawals',
      errorImpact: 'members cannot withdraw or keep bank accounts',
      timeout: Duration.seconds(29),
    });
    wallet.keptBy(withdrawals);
    wallet.asksAccountHolders(withdrawals);
    identity.namesCards(withdrawals);
    wallet.countsLimits(withdrawals);
    api.seesViewers(withdrawals);
    for (const route of Object.values(withdrawalRoutes)) api.route(route, withdrawals);
  }

  private desk(): void {
    const { api, audit, wallet } = this.props;
    const desk = this.sender('Desk', {
      entry: 'wallet/desk-withdrawals',
      errorImpact: 'staff cannot approve withdrawals, and members wait for their money',
      timeout: Duration.seconds(29),
      environment: { PAYOUT_NEWS_QUEUE_URL: wallet.payoutNews.queue.queueUrl },
    });
    wallet.knowsMembers(desk);
    audit.appendedBy(desk);
    api.seesViewers(desk);
    wallet.payoutNews.queue.grant(desk, 'sqs:SendMessage');
    for (const route of Object.values(deskWithdrawalRoutes)) api.route(route, desk);
  }

  private payouts(): void {
    const { payoutNews } = this.props.wallet;
    const advance = this.sender('Advance', {
      entry: 'wallet/advance-payouts',
      errorImpact: 'approved withdrawals are not paid out until the sweep, and payouts that are done are seen late',
      timeout: newsTimeout,
      environment: { PAYOUT_NEWS_QUEUE_URL: payoutNews.queue.queueUrl, RECEIVES_MAX: String(payoutNews.receivesMax) },
    });
    payoutNews.queue.grant(advance, 'sqs:ChangeMessageVisibility');
    advance.addEventSource(new SqsEventSource(payoutNews.queue, { batchSize: 5, reportBatchItemFailures: true, maxConcurrency: 10 }));
  }

  private sweep(): void {
    const sweep = this.sender('Sweep', {
      entry: 'wallet/sweep-payouts',
      errorImpact: 'payouts whose messages or webhooks were lost stand still',
      timeout: Duration.seconds(55),
    });
    new Rule(this, 'SweepEveryMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new FunctionTarget(sweep, { retryAttempts: 0 })],
    });
  }

  private ledger(): void {
    const { api, wallet } = this.props;
    const ledger = new HouseFunction(this, 'Ledger', {
      entry: 'wallet/ledger',
      errorImpact: 'staff cannot read balances and statements',
      timeout: Duration.seconds(29),
    });
    wallet.readBy(ledger);
    for (const route of Object.values(ledgerRoutes)) api.route(route, ledger);
  }

  /** A function that books, and takes payouts on at their gateways. None of them serves members. */
  private sender(id: string, props: HouseFunctionProps): HouseFunction {
    const fn = new HouseFunction(this, id, props);
    this.props.wallet.keptBy(fn);
    this.props.wallet.sendsPayouts(fn);
    return fn;
  }
}
