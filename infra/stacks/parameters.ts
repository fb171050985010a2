import { CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What differs from place to place. The defaults deploy, and serve nobody outside until they are set. */
const parameters = {
  BackofficeOrigin: {
    what: 'Origin of the backoffice, for example https://backoffice.example.id',
    by: 'https://backoffice.invalid',
  },
  BackofficeCertificateArn: {
    what: 'Certificate of the host in BackofficeOrigin, in us-east-1; empty serves the site from a host that CloudFront names',
    by: '',
  },
  DepositPageOrigin: {
    what: 'Origin of the page that members pay deposits on, which links to it begin with, for example https://bayar.example.id',
    by: 'https://deposit.invalid',
  },
  DepositPageCertificateArn: {
    what: 'Certificate of the host in DepositPageOrigin, in us-east-1; empty serves the site from a host that CloudFront names',
    by: '',
  },
  JwtIssuer: { what: "The iss claim of access tokens, for example the API's own address", by: 'https://identity.invalid' },
  JwtAudience: { what: 'The aud claim of access tokens', by: 'xm' },
  SenderEmail: { what: 'Address that e-mails come from; SES must have verified its domain', by: 'xm@xm.invalid' },
  WhatsAppUrl: {
    what: 'WhatsApp Cloud API up to the id of the number, such as https://graph.facebook.com/v23.0/1234; off sends nothing there',
    by: 'off',
  },
  BreachListUrl: {
    what: 'Range API of breached passwords (k-anonymity); off asks nobody',
    by: 'https://api.pwnedpasswords.com/range/',
  },
  MidtransUrl: { what: 'Core API of Midtrans, such as https://api.midtrans.com; off takes nothing by it', by: 'off' },
  IrisUrl: { what: 'Payouts of Midtrans, such as https://app.midtrans.com/iris; off pays nothing out by it', by: 'off' },
  XenditUrl: { what: 'Xendit, https://api.xendit.co; off uses it for nothing', by: 'off' },
  TransferAccount: {
    what: 'Account that members transfer to by hand, as bank:number:name, such as bca:1234567890:PT XM; off takes no transfers',
    by: 'off',
  },
  PostHogUrl: {
    what: 'Where analytics are told of deposits and withdrawals, such as https://eu.i.posthog.com; off tells nobody',
    by: 'off',
  },
  RedactionRules: {
    what: 'Ids of your own to redact in log files beside personal data, such as member=MBR-######## voucher=VC*; off for none',
    by: 'off',
  },
  ErrorRetentionDays: { what: 'Days after the upload that records at level error are kept, at most 90', by: '30' },
  FatalRetentionDays: { what: 'Days after the upload that records at level fatal are kept, at most 90', by: '90' },
  WebhookReach: { what: 'Where alerts may be posted to: public, or, on a machine of a developer alone, any', by: 'public' },
} as const satisfies Record<string, { readonly what: string; readonly by: string }>;

export type Parameters = Readonly<Record<keyof typeof parameters, string>>;

/** Declares them all, and answers references to them. */
export function parametersOf(scope: Construct): Parameters {
  const values = Object.entries(parameters).map(([id, { what, by }]) => {
    const parameter = new CfnParameter(scope, id, { type: 'String', description: what, default: by });
    return [id, parameter.valueAsString] as const;
  });
  return Object.fromEntries(values) as Parameters;
}
