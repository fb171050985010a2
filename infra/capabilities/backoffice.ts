import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { Site, type SiteProps } from '../constructs/site.ts';

export interface BackofficeProps {
  readonly api: SiteProps['api'];
  /** Where its pages upload log files to, by addresses that the API signs. */
  readonly uploads: Bucket;
  readonly host: SiteProps['host'];
}

/** The pages for staff: `web/backoffice` on a host of its own. */
export class Backoffice extends Construct {
  readonly site: Site;

  constructor(scope: Construct, id: string, { api, uploads, host }: BackofficeProps) {
    super(scope, id);
    this.site = new Site(this, 'Site', {
      site: 'backoffice',
      api,
      connectTo: [`https://${uploads.bucketRegionalDomainName}`],
      host,
    });
  }
}
