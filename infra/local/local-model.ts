import { localIssuer } from './token-issuer.ts';
import type { Urls } from './running.ts';
import { sandboxPaths } from './sandbox/sandbox.ts';
import { loadModel, type LocalModel } from './template.ts';

/** Where the local stack says it is. */
export const region = 'ap-southeast-3';
export const accountId = '000000000000';

/** Name of each distribution of the template → under which of the stack's urls it is served. */
const distributions: Readonly<Record<string, 'backoffice' | 'depositPage'>> = {
  'xm-backoffice-site-distribution': 'backoffice',
  'xm-deposit-page-site-distribution': 'depositPage',
};

/** The template with the addresses of this machine in it, and with the values that a developer's own deployment would give its parameters. */
export function loadLocalModel(assemblyDirectory: string, urls: Urls): LocalModel {
  return loadModel(assemblyDirectory, {
    region,
    accountId,
    addresses: {
      queueUrl: (name) => queueUrl(urls, name),
      apiEndpoint: () => urls.api,
      distributionDomain: (name) => new URL(urlOfDistribution(urls, name)).host,
    },
    parameters: {
      JwtIssuer: localIssuer.issuer,
      JwtAudience: localIssuer.audience,
      BackofficeOrigin: urls.backoffice,
      DepositPageOrigin: urls.depositPage,
      BreachListUrl: 'off',
      WebhookReach: 'any',
      WhatsAppUrl: `${urls.api}/_local/outbox/whatsapp`,
      MidtransUrl: `${urls.sandbox}${sandboxPaths.midtrans}`,
      IrisUrl: `${urls.sandbox}${sandboxPaths.iris}`,
      XenditUrl: `${urls.sandbox}${sandboxPaths.xendit}`,
      TransferAccount: 'bca:5220304050:PT XM Sandbox',
    },
  });
}

export function queueUrl(urls: Urls, name: string): string {
  return `${urls.gateway}/${accountId}/${name}`;
}

/** Throws for a distribution that the local stack has no port for. */
export function urlOfDistribution(urls: Urls, name: string): string {
  const site = distributions[name];
  if (site === undefined) throw new Error(`No port is set aside for the distribution ${name}.`);
  return urls[site];
}
