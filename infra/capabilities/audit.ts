import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { auditRoutes } from '#shared/platform/audit/audit-routes.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { HouseTable } from '../constructs/house-table.ts';
import type { Api } from './api.ts';

/** The audit log: append-only records of what was done, chained by their hashes. Capabilities append; staff read. */
export class Audit extends Construct {
  readonly table: HouseTable;

  constructor(scope: Construct, id: string, { api }: { readonly api: Api }) {
    super(scope, id);
    this.table = new HouseTable(this, 'Table', { indexes: ['gsi1', 'gsi2'] });
    const reader = new HouseFunction(this, 'Reader', {
      entry: 'platform/audit',
      errorImpact: 'staff cannot read the audit log',
      timeout: Duration.seconds(29),
      environment: { AUDIT_TABLE: this.table.tableName },
    });
    this.table.allow(reader, 'dynamodb:Query');
    this.table.allowIndex(reader, 'gsi1');
    this.table.allowIndex(reader, 'gsi2');
    for (const route of Object.values(auditRoutes)) api.route(route, reader);
  }

  /** Lets a function append, and nothing else: no record is ever changed or removed by the system itself. */
  appendedBy(appender: HouseFunction): void {
    appender.addEnvironment('AUDIT_TABLE', this.table.tableName);
    this.table.allow(appender, 'dynamodb:Query', 'dynamodb:PutItem');
  }
}
