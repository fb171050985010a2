import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { argued } from '../constructs/nag.ts';
import type { Wallet } from './wallet.ts';

export interface WalletEventsProps {
  readonly wallet: Wallet;
  /** Where batches of PostHog's are taken, such as https://eu.i.posthog.com; `off` tells nobody. */
  readonly postHogUrl: string;
}

/** Tells others what has become of deposits and withdrawals: the bus, and analytics behind it. */
export class WalletEvents extends Construct {
  constructor(scope: Construct, id: string, { wallet, postHogUrl }: WalletEventsProps) {
    super(scope, id);
    const announce = new HouseFunction(this, 'Announce', {
      entry: 'wallet/announce',
      errorImpact: 'others learn of payments and withdrawals late, and after a day not at all',
      timeout: Duration.minutes(1),
    });
    wallet.announcedBy(announce);
    wallet.table.followedBy(announce, {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { sk: { S: ['DEPOSIT', 'WITHDRAWAL'] } } },
    });
    this.analytics(wallet, postHogUrl);
  }

  private analytics(wallet: Wallet, postHogUrl: string): void {
    const key = new Secret(this, 'PostHogKey', { description: "PostHog's project key; set by hand" });
    argued(key, 'AwsSolutions-SMG4', 'PostHog issues this key, which is public by its nature, so nothing here could rotate it.');
    const analytics = new HouseFunction(this, 'Analytics', {
      entry: 'wallet/analytics',
      errorImpact: 'analytics miss what happens to deposits and withdrawals',
      environment: { POSTHOG_URL: postHogUrl, POSTHOG_KEY_SECRET_ID: key.secretArn },
    });
    analytics.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [key.secretArn] }));
    new Rule(this, 'ToAnalytics', {
      eventBus: wallet.bus,
      eventPattern: { source: ['xm.wallet'] },
      targets: [new FunctionTarget(analytics, { retryAttempts: 2, maxEventAge: Duration.hours(2) })],
    });
  }
}
