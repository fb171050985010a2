import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { HouseFunction } from '../constructs/house-function.ts';
import { HouseQueue } from '../constructs/house-queue.ts';
import { HouseTable } from '../constructs/house-table.ts';
import { argued } from '../constructs/nag.ts';
import type { Identity } from './identity.ts';

export interface WalletProps {
  readonly identity: Identity;
  /** Where each gateway is reached, such as `https://api.midtrans.com`; `off` offers nothing of it. */
  readonly gateways: GatewayUrls;
}

interface GatewayUrls {
  readonly midtransUrl: string;
  readonly irisUrl: string;
  readonly xenditUrl: string;
}

/** What a payment gateway knows us by. Operators put the values in; each function is given the few that it needs. */
const gatewayKeys = {
  MidtransServerKey: "Midtrans' server key: charges, and the signature of its webhooks",
  IrisCreatorKey: 'The key of Iris that makes payouts',
  IrisApproverKey: 'The key of Iris that approves payouts',
  IrisMerchantKey: "The key that Iris' webhooks are signed with",
  XenditSecretKey: "Xendit's secret key: payment requests and payouts",
  XenditCallbackToken: "The token that Xendit's webhooks carry",
} as const;
type GatewayKey = keyof typeof gatewayKeys;

/** Members' money: one table for the ledger and for what moves money, the bus that tells others of it, and the gateways' settings. */
export class Wallet extends Construct {
  readonly table: HouseTable;
  /** What has happened, for whoever wants to know: see docs/events.md. */
  readonly bus: EventBus;
  /** News of gateways about payments and about payouts, each worked on by a function of its own. */
  readonly paymentNews: HouseQueue;
  readonly payoutNews: HouseQueue;
  /** Counters of rate limits; nothing in it outlives a day. */
  private readonly limits: HouseTable;
  private readonly props: WalletProps;
  private readonly keys: ReadonlyMap<GatewayKey, Secret>;

  constructor(scope: Construct, id: string, props: WalletProps) {
    super(scope, id);
    this.props = props;
    this.table = new HouseTable(this, 'Table', { indexes: indexNames, stream: true });
    this.limits = new HouseTable(this, 'Limits');
    this.paymentNews = this.newsQueue('PaymentNews', 'deposits that were paid are not credited until their deadline');
    this.payoutNews = this.newsQueue('PayoutNews', 'withdrawals that ended at the gateway still look as if they were on their way');
    this.bus = new EventBus(this, 'Events', { description: 'What has happened to deposits and withdrawals' });
    this.keys = new Map(Object.entries(gatewayKeys).map(([name, what]) => [name as GatewayKey, this.keyOf(name, what)]));
  }

  /** Outputs under the stack's own names: what the operator's commands ask for, and where the gateways' keys are to be put. */
  tell(scope: Construct): void {
    new CfnOutput(scope, 'WalletTable', { value: this.table.tableName });
    new CfnOutput(scope, 'WalletEvents', { value: this.bus.eventBusName });
    for (const [name, secret] of this.keys) new CfnOutput(scope, `${name}Secret`, { value: secret.secretArn });
  }

  /** Lets a function read everything of the wallet. */
  readBy(fn: HouseFunction): void {
    fn.addEnvironment('WALLET_TABLE', this.table.tableName);
    this.table.allow(fn, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query');
    for (const index of indexNames) this.table.allowIndex(fn, index);
  }

  /** Lets a function change it, and book. Nobody may delete: what moved money once is there for ever. */
  keptBy(fn: HouseFunction): void {
    this.readBy(fn);
    this.table.allow(fn, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem');
  }

  /** Lets a function read all of it from one end to the other. */
  verifiedBy(fn: HouseFunction): void {
    fn.addEnvironment('WALLET_TABLE', this.table.tableName);
    this.table.allow(fn, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan');
  }

  /** Lets a function count against rate limits. */
  countsLimits(fn: HouseFunction): void {
    fn.addEnvironment('LIMITS_TABLE', this.limits.tableName);
    this.limits.allow(fn, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
  }

  /** Lets a function look members up: their level decides their limits. */
  knowsMembers(fn: HouseFunction): void {
    const { table } = this.props.identity;
    fn.addEnvironment('IDENTITY_TABLE', table.tableName);
    table.allow(fn, 'dynamodb:GetItem', 'dynamodb:BatchGetItem');
  }

  /** Lets a function take money in: MIDTRANS_URL, XENDIT_URL, and the ids of the secrets. */
  takesPayments(fn: HouseFunction): void {
    const { midtransUrl, xenditUrl } = this.props.gateways;
    fn.addEnvironment('MIDTRANS_URL', midtransUrl);
    fn.addEnvironment('XENDIT_URL', xenditUrl);
    this.giveKeys(fn, 'MidtransServerKey', 'XenditSecretKey');
  }

  /** Lets a function send money out: IRIS_URL, XENDIT_URL, and the ids of the secrets. */
  sendsPayouts(fn: HouseFunction): void {
    const { irisUrl, xenditUrl } = this.props.gateways;
    fn.addEnvironment('IRIS_URL', irisUrl);
    fn.addEnvironment('XENDIT_URL', xenditUrl);
    this.giveKeys(fn, 'IrisCreatorKey', 'IrisApproverKey', 'XenditSecretKey');
  }

  /** Lets a function ask whose a bank account is: nothing that moves money. */
  asksAccountHolders(fn: HouseFunction): void {
    const { irisUrl, xenditUrl } = this.props.gateways;
    fn.addEnvironment('IRIS_URL', irisUrl);
    fn.addEnvironment('XENDIT_URL', xenditUrl);
    this.giveKeys(fn, 'IrisCreatorKey');
  }

  /** Lets a function ask gateways what they have paid in and out: nothing that moves money. */
  readsReports(fn: HouseFunction): void {
    const { irisUrl, xenditUrl } = this.props.gateways;
    fn.addEnvironment('IRIS_URL', irisUrl);
    fn.addEnvironment('XENDIT_URL', xenditUrl);
    this.giveKeys(fn, 'IrisCreatorKey', 'XenditSecretKey');
  }

  /** Lets a function tell webhooks of the gateways from others'. */
  admitsWebhooks(fn: HouseFunction): void {
    this.giveKeys(fn, 'MidtransServerKey', 'XenditCallbackToken', 'IrisMerchantKey');
  }

  /** Lets a function put events onto the bus. */
  announcedBy(fn: HouseFunction): void {
    fn.addEnvironment('EVENT_BUS', this.bus.eventBusName);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] }));
  }

  /** `MidtransServerKey` is in the function's environment as MIDTRANS_SERVER_KEY_SECRET_ID. */
  private giveKeys(fn: HouseFunction, ...names: readonly GatewayKey[]): void {
    const secrets = names.flatMap((name) => this.keys.get(name) ?? []);
    for (const [place, name] of names.entries()) {
      const variable = `${name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}_SECRET_ID`;
      fn.addEnvironment(variable, secrets[place]?.secretArn ?? '');
    }
    const resources = secrets.map(({ secretArn }) => secretArn);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }));
  }

  private newsQueue(id: string, errorImpact: string): HouseQueue {
    // Six attempts of up to 5 s, 10 s, … between them: a gateway that is away for two minutes loses nothing.
    return new HouseQueue(this, id, { visibilityTimeout: newsTimeout, errorImpact, receivesMax: 6 });
  }

  /** Random until an operator puts the gateway's own in: a key that nobody knows admits nobody. */
  private keyOf(name: string, description: string): Secret {
    const secret = new Secret(this, name, {
      description,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    argued(secret, 'AwsSolutions-SMG4', 'The gateway issues this key and ends it, so nothing here could rotate it.');
    return secret;
  }
}

/** How long a function may work on a batch of news, at most. */
export const newsTimeout = Duration.minutes(2);

const indexNames = ['gsi1', 'gsi2', 'gsi3'] as const;
