import { Construct } from 'constructs';
import { Site, type SiteProps } from '../constructs/site.ts';

export interface DepositPageProps {
  readonly api: SiteProps['api'];
  readonly host: SiteProps['host'];
}

/** The page that members pay deposits on: `web/deposit` on a host of its own, opened by signed links. It talks to nobody but the API. */
export class DepositPage extends Construct {
  readonly site: Site;

  constructor(scope: Construct, id: string, { api, host }: DepositPageProps) {
    super(scope, id);
    this.site = new Site(this, 'Site', { site: 'deposit', api, connectTo: [], host });
  }
}
