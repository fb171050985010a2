import { Construct } from 'constructs';
import { documentPaths } from '#shared/platform/documentation.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Api } from './api.ts';

/** The API's description and its pages, on the API's own host so that they can try it. */
export class Documentation extends Construct {
  constructor(scope: Construct, id: string, { api }: { readonly api: Api }) {
    super(scope, id);
    const documents = new HouseFunction(this, 'Documents', {
      entry: 'platform/documents',
      errorImpact: 'nobody can read how the API is used',
      memoryMegabytes: 256,
    });
    for (const path of documentPaths) api.route({ method: 'GET', path }, documents);
  }
}
