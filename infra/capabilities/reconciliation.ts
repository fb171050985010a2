import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { reconciliationRoutes } from '#shared/wallet/reconciliation/reconciliation-routes.ts';
import { HouseFunction, type HouseFunctionProps } from '../constructs/house-function.ts';
import { alarmOnLine } from '../constructs/line-alarm.ts';
import type { Api } from './api.ts';
import type { Audit } from './audit.ts';
import type { Wallet } from './wallet.ts';

export interface ReconciliationProps {
  readonly api: Api;
  readonly audit: Audit;
  readonly wallet: Wallet;
}

/** Whether gateways and ledger say the same, and the ledger what was written: looked at every night, and what differs is for people. */
export class Reconciliation extends Construct {
  private readonly props: ReconciliationProps;

  constructor(scope: Construct, id: string, props: ReconciliationProps) {
    super(scope, id);
    this.props = props;
    this.desk();
    this.jobs();
    this.verification();
  }

  private desk(): void {
    const { api, audit, wallet } = this.props;
    const desk = this.function('Desk', {
      entry: 'wallet/reconciliation',
      errorImpact: 'staff cannot see or resolve what differs between gateways and ledger',
      timeout: Duration.seconds(29),
      memoryMegabytes: 1_024,
    });
    wallet.knowsMembers(desk);
    audit.appendedBy(desk);
    api.seesViewers(desk);
    for (const route of Object.values(reconciliationRoutes)) api.route(route, desk);
  }

  private jobs(): void {
    const jobs = this.function('Jobs', {
      entry: 'wallet/reconcile',
      errorImpact: 'nobody learns of payments that are booked wrong or not at all',
      timeout: Duration.minutes(10),
      memoryMegabytes: 1_024,
    });
    const job = (what: string) => new FunctionTarget(jobs, { event: RuleTargetInput.fromObject({ what }), retryAttempts: 2 });
    // 02:00 in Jakarta: by then gateways have closed the day before.
    new Rule(this, 'EveryNight', { schedule: Schedule.cron({ minute: '0', hour: '19' }), targets: [job('day')] });
    new Rule(this, 'EveryHour', { schedule: Schedule.rate(Duration.hours(1)), targets: [job('standstills')] });
  }

  /** The ledger against itself. It takes what the table holds, page by page, so a function of its own has the time for it. */
  private verification(): void {
    const verify = new HouseFunction(this, 'VerifyLedger', {
      entry: 'wallet/verify-ledger',
      errorImpact: 'nobody learns of a ledger that was changed by other means than booking',
      timeout: Duration.minutes(15),
      memoryMegabytes: 1_769,
    });
    this.props.wallet.verifiedBy(verify);
    // 03:00 in Jakarta, when least is booked.
    new Rule(this, 'VerifyEveryNight', {
      schedule: Schedule.cron({ minute: '0', hour: '20' }),
      targets: [new FunctionTarget(verify, { retryAttempts: 2 })],
    });
    alarmOnLine(verify, 'LedgerDifferences', {
      line: 'The ledger is not what was written',
      linesMin: 1,
      description:
        'The ledger is not what was written: balances, chains or sums differ from the entries. Stop payouts, and see docs/ledger.md.',
    });
  }

  /** A function that reads the ledger and the gateways' reports, and keeps what differs. */
  private function(id: string, props: HouseFunctionProps): HouseFunction {
    const { wallet } = this.props;
    const fn = new HouseFunction(this, id, props);
    wallet.keptBy(fn);
    wallet.readsReports(fn);
    return fn;
  }
}
