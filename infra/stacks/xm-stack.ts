import { CfnOutput, NestedStack, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api } from '../capabilities/api.ts';
import { Audit } from '../capabilities/audit.ts';
import { Backoffice } from '../capabilities/backoffice.ts';
import { DepositPage } from '../capabilities/deposit-page.ts';
import { Deposits } from '../capabilities/deposits.ts';
import { Documentation } from '../capabilities/documentation.ts';
import { Identity } from '../capabilities/identity.ts';
import { LogIssues } from '../capabilities/log-issues.ts';
import { LogSearch } from '../capabilities/log-search.ts';
import { Logs } from '../capabilities/logs.ts';
import { Messages } from '../capabilities/messages.ts';
import { Reconciliation } from '../capabilities/reconciliation.ts';
import { Wallet } from '../capabilities/wallet.ts';
import { WalletEvents } from '../capabilities/wallet-events.ts';
import { Withdrawals } from '../capabilities/withdrawals.ts';
import { parametersOf } from './parameters.ts';

export interface XmStackProps extends StackProps {
  readonly scannersMax: number;
}

/**
 * The whole system. What differs between places it runs in comes as parameters of the template, so that one template serves them all.
 *
 * Each large capability is a nested stack: CloudFormation takes 500 resources in one. They are deployed, changed and rolled back together, parameters reach
 * them, and nothing is exported by name, which could not be changed again while another stack uses it.
 */
export class XmStack extends Stack {
  private readonly parameters = parametersOf(this);
  private readonly api: Api;
  private readonly audit: Audit;
  private readonly messages: Messages;

  constructor(scope: Construct, id: string, props: XmStackProps) {
    super(scope, id, props);
    const { JwtIssuer: jwtIssuer, JwtAudience: jwtAudience, BackofficeOrigin, SenderEmail, WhatsAppUrl } = this.parameters;
    this.api = new Api(this, 'Api', { jwtIssuer, jwtAudience, origins: [BackofficeOrigin] });
    this.audit = new Audit(this, 'Audit', { api: this.api });
    this.messages = new Messages(this, 'Messages', { senderEmail: SenderEmail, whatsAppUrl: WhatsAppUrl });
    const identity = this.identity();
    this.wallet(identity);
    new Documentation(this, 'Documentation', { api: this.api });
    const logs = this.logs(identity, props.scannersMax);
    this.sites(logs);
    this.tellOperators(identity);
  }

  private identity(): Identity {
    const { JwtIssuer, JwtAudience, BackofficeOrigin, BreachListUrl } = this.parameters;
    return new Identity(this, 'Identity', {
      api: this.api,
      audit: this.audit,
      messages: this.messages,
      jwtIssuer: JwtIssuer,
      jwtAudience: JwtAudience,
      backofficeOrigin: BackofficeOrigin,
      breachListUrl: BreachListUrl,
    });
  }

  private wallet(identity: Identity): void {
    const { api, audit } = this;
    const { MidtransUrl: midtransUrl, IrisUrl: irisUrl, XenditUrl: xenditUrl } = this.parameters;
    const { DepositPageOrigin: pageOrigin, TransferAccount: transferAccount, PostHogUrl: postHogUrl } = this.parameters;
    const stack = new NestedStack(this, 'WalletStack', { description: 'XM: deposits, ledger, withdrawals' });
    const wallet = new Wallet(stack, 'Wallet', { identity, gateways: { midtransUrl, irisUrl, xenditUrl } });
    new Deposits(stack, 'Deposits', { api, audit, wallet, pageOrigin, transferAccount });
    new Withdrawals(stack, 'Withdrawals', { api, audit, identity, wallet });
    new Reconciliation(stack, 'Reconciliation', { api, audit, wallet });
    new WalletEvents(stack, 'WalletNews', { wallet, postHogUrl });
    wallet.tell(this);
  }

  private logs(identity: Identity, scannersMax: number): Logs {
    const { api, audit, messages } = this;
    const { BackofficeOrigin: origin, RedactionRules, ErrorRetentionDays, FatalRetentionDays, WebhookReach } = this.parameters;
    const stack = new NestedStack(this, 'LogsStack', { description: 'XM: the Log Scanner' });
    const logs = new Logs(stack, 'Logs', {
      api,
      // An upload's address is signed by the API, so its origin guards nothing; and naming the distribution here would make the two wait for each other.
      origins: [origin, 'https://*.cloudfront.net'],
      scannersMax,
      redactionRules: RedactionRules,
      recordDays: { error: ErrorRetentionDays, fatal: FatalRetentionDays },
    });
    new LogSearch(stack, 'LogSearch', { api, audit, identity, logs });
    const issues = new LogIssues(stack, 'LogIssues', {
      api,
      audit,
      identity,
      logs,
      messages,
      backofficeOrigin: origin,
      webhookReach: WebhookReach,
    });
    new CfnOutput(this, 'AlertTopic', { value: issues.topic.topicArn });
    return logs;
  }

  private sites({ uploads }: Logs): void {
    const { api, parameters } = this;
    const backoffice = new Backoffice(this, 'Backoffice', {
      api,
      uploads,
      host: { origin: parameters.BackofficeOrigin, certificateArn: parameters.BackofficeCertificateArn },
    });
    const depositPage = new DepositPage(this, 'DepositPage', {
      api,
      host: { origin: parameters.DepositPageOrigin, certificateArn: parameters.DepositPageCertificateArn },
    });
    new CfnOutput(this, 'ApiUrl', { value: api.httpApi.apiEndpoint });
    new CfnOutput(this, 'BackofficeUrl', { value: backoffice.site.url });
    new CfnOutput(this, 'DepositPageUrl', { value: depositPage.site.url });
    new CfnOutput(this, 'LogBucket', { value: uploads.bucketName });
  }

  /** What their commands ask for: see docs/operations.md. */
  private tellOperators(identity: Identity): void {
    new CfnOutput(this, 'AuditTable', { value: this.audit.table.tableName });
    new CfnOutput(this, 'GuardsTable', { value: this.api.guards.tableName });
    new CfnOutput(this, 'IdentityTable', { value: identity.table.tableName });
    new CfnOutput(this, 'IdentitySecret', { value: identity.secret.secretArn });
    new CfnOutput(this, 'MessagesQueue', { value: this.messages.queueUrl });
    new CfnOutput(this, 'StaffOrigin', { value: this.parameters.BackofficeOrigin });
  }
}
