import { CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
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
import { type GatewayUrls, Wallet } from '../capabilities/wallet.ts';
import { WalletEvents } from '../capabilities/wallet-events.ts';
import { Withdrawals } from '../capabilities/withdrawals.ts';

export interface XmStackProps extends StackProps {
  readonly scannersMax: number;
}

/** The whole system. What differs between places it runs in comes as parameters of the template, so that one template serves them all. */
export class XmStack extends Stack {
  constructor(scope: Construct, id: string, props: XmStackProps) {
    super(scope, id, props);
    const origin = parameter(this, 'BackofficeOrigin', {
      what: 'Origin of the backoffice, for example https://backoffice.example.id',
      by: 'https://backoffice.invalid',
    });
    const depositPageOrigin = parameter(this, 'DepositPageOrigin', {
      what: 'Origin of the page that members pay deposits on, which links to it begin with, for example https://bayar.example.id',
      by: 'https://deposit.invalid',
    });
    const token = {
      jwtIssuer: parameter(this, 'JwtIssuer', {
        what: "The iss claim of access tokens, for example the API's own address",
        by: 'https://identity.invalid',
      }),
      jwtAudience: parameter(this, 'JwtAudience', { what: 'The aud claim of access tokens', by: 'xm' }),
    };
    const api = new Api(this, 'Api', { ...token, origins: [origin] });
    const audit = new Audit(this, 'Audit', { api });
    const messages = new Messages(this, 'Messages', {
      senderEmail: parameter(this, 'SenderEmail', {
        what: 'Address that e-mails come from; SES must have verified its domain',
        by: 'xm@xm.invalid',
      }),
      whatsAppUrl: parameter(this, 'WhatsAppUrl', {
        what: 'WhatsApp Cloud API up to the id of the number, such as https://graph.facebook.com/v23.0/1234; off sends nothing there',
        by: 'off',
      }),
    });
    const identity = new Identity(this, 'Identity', {
      ...token,
      api,
      audit,
      messages,
      backofficeOrigin: origin,
      breachListUrl: parameter(this, 'BreachListUrl', {
        what: 'Range API of breached passwords (k-anonymity); off asks nobody',
        by: 'https://api.pwnedpasswords.com/range/',
      }),
    });
    const wallet = new Wallet(this, 'Wallet', { identity, gateways: this.gateways() });
    new Deposits(this, 'Deposits', {
      api,
      audit,
      wallet,
      pageOrigin: depositPageOrigin,
      transferAccount: parameter(this, 'TransferAccount', {
        what: 'Account that members transfer to by hand, as bank:number:name, such as bca:1234567890:PT XM; off takes no transfers',
        by: 'off',
      }),
    });
    new Withdrawals(this, 'Withdrawals', { api, audit, wallet });
    new Reconciliation(this, 'Reconciliation', { api, audit, wallet });
    new WalletEvents(this, 'WalletNews', {
      wallet,
      postHogUrl: parameter(this, 'PostHogUrl', {
        what: 'Where analytics are told of deposits and withdrawals, such as https://eu.i.posthog.com; off tells nobody',
        by: 'off',
      }),
    });
    new Documentation(this, 'Documentation', { api });
    // An upload's address is signed by the API, so its origin guards nothing; and naming the distribution here would make the two wait for each other.
    const uploadOrigins = [origin, 'https://*.cloudfront.net'];
    const logs = new Logs(this, 'Logs', {
      api,
      origins: uploadOrigins,
      scannersMax: props.scannersMax,
      redactionRules: parameter(this, 'RedactionRules', {
        what: 'Ids of your own to redact in log files beside personal data, such as member=MBR-######## voucher=VC*; off for none',
        by: 'off',
      }),
      recordDays: {
        error: parameter(this, 'ErrorRetentionDays', {
          what: 'Days after the upload that records at level error are kept, at most 90',
          by: '30',
        }),
        fatal: parameter(this, 'FatalRetentionDays', {
          what: 'Days after the upload that records at level fatal are kept, at most 90',
          by: '90',
        }),
      },
    });
    new LogSearch(this, 'LogSearch', { api, audit, logs });
    new LogIssues(this, 'LogIssues', {
      api,
      audit,
      logs,
      messages,
      backofficeOrigin: origin,
      webhookReach: parameter(this, 'WebhookReach', {
        what: 'Where alerts may be posted to: public, or, on a machine of a developer alone, any',
        by: 'public',
      }),
    });
    const backoffice = new Backoffice(this, 'Backoffice', {
      api,
      uploads: logs.uploads,
      host: { origin, certificateArn: this.certificateOf('Backoffice') },
    });
    const depositPage = new DepositPage(this, 'DepositPage', {
      api,
      host: { origin: depositPageOrigin, certificateArn: this.certificateOf('DepositPage') },
    });
    new CfnOutput(this, 'ApiUrl', { value: api.httpApi.apiEndpoint });
    new CfnOutput(this, 'BackofficeUrl', { value: backoffice.site.url });
    new CfnOutput(this, 'DepositPageUrl', { value: depositPage.site.url });
    new CfnOutput(this, 'LogBucket', { value: logs.uploads.bucketName });
    // What the operator's commands ask for: see docs/operations.md.
    new CfnOutput(this, 'AuditTable', { value: audit.table.tableName });
    new CfnOutput(this, 'GuardsTable', { value: api.guards.tableName });
    new CfnOutput(this, 'IdentityTable', { value: identity.table.tableName });
    new CfnOutput(this, 'IdentitySecret', { value: identity.secret.secretArn });
    new CfnOutput(this, 'MessagesQueue', { value: messages.queueUrl });
    new CfnOutput(this, 'StaffOrigin', { value: origin });
    wallet.tell(this);
  }

  private certificateOf(site: 'Backoffice' | 'DepositPage'): string {
    return parameter(this, `${site}CertificateArn`, {
      what: `Certificate of the host in ${site}Origin, in us-east-1; empty serves the site from a host that CloudFront names`,
      by: '',
    });
  }

  /** Addresses without a path of their own at the end; each gateway has one for trials. */
  private gateways(): GatewayUrls {
    return {
      midtransUrl: parameter(this, 'MidtransUrl', {
        what: 'Core API of Midtrans, such as https://api.midtrans.com; off takes nothing by it',
        by: 'off',
      }),
      irisUrl: parameter(this, 'IrisUrl', {
        what: 'Payouts of Midtrans, such as https://app.midtrans.com/iris; off pays nothing out by it',
        by: 'off',
      }),
      xenditUrl: parameter(this, 'XenditUrl', { what: 'Xendit, https://api.xendit.co; off uses it for nothing', by: 'off' }),
    };
  }
}

/** A value that differs from place to place; the default deploys, and serves nobody until it is set. */
function parameter(scope: Construct, id: string, { what, by }: { readonly what: string; readonly by: string }): string {
  return new CfnParameter(scope, id, { type: 'String', description: what, default: by }).valueAsString;
}
