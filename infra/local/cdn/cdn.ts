/**
 * Serves a CloudFront distribution of the template on this machine: its behaviours, viewer functions, origins and headers policies.
 *
 * Nothing is cached, so every answer is as fresh as its origin's; what a cache policy decides besides, which parts of a request reach the
 * origin, holds here too.
 */
import { Agent, createServer, type Server } from 'node:http';
import { listenOnLoopback } from '../gateway/loopback-server.ts';
import { refusal } from '../template/properties.ts';
import type { Closable, Resource, StackLog, StackModel } from '../ports.ts';
import { planOf } from './distribution.ts';
import { serve } from './edge.ts';
import type { OriginOptions } from './origin.ts';

export interface CdnOptions extends Omit<OriginOptions, 'distribution'> {
  /** Which distribution to serve; needed only when the template has several. */
  readonly distributionLogicalId?: string;
  /** A free one when 0 or absent. */
  readonly port?: number;
  readonly log: StackLog;
}

/** A client must have sent its headers by then. */
const headersMsMax = 10_000;
/** A connection on which nothing moves for this long is closed. */
const idleMsMax = 75_000;
const connectionsMax = 2_000;
/** How long requests under way may take when the stack stops. */
const closeMsMax = 2_000;

/** Throws `TemplateError`, with logical id and property, for whatever would not be served here as on AWS. */
export async function startCdn(options: CdnOptions): Promise<Closable & { readonly url: string }> {
  const distribution = distributionOf(options.model, options.distributionLogicalId);
  const agent = new Agent({ keepAlive: true });
  const edge = { plan: planOf({ ...options, distribution }), log: options.log, agent };
  const server = createServer({ connectionsCheckingInterval: 1_000 }, (request, response) => void serve(edge, request, response));
  server.headersTimeout = headersMsMax;
  // A body may take as long as it moves.
  server.requestTimeout = 0;
  server.timeout = idleMsMax;
  server.keepAliveTimeout = idleMsMax;
  server.maxConnections = connectionsMax;
  const port = await listenOnLoopback(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await close(server);
      agent.destroy();
    },
  };
}

function distributionOf(model: StackModel, logicalId: string | undefined): Resource {
  const type = 'AWS::CloudFront::Distribution';
  const found = model.ofType(type).filter((resource) => logicalId === undefined || resource.logicalId === logicalId);
  const [distribution] = found;
  if (distribution === undefined || found.length > 1) {
    throw refusal({ logicalId: logicalId ?? model.stackName, type }, `the template has ${found.length} of it; say which one to serve`);
  }
  return distribution;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closeMsMax);
  await closed;
  clearTimeout(timer);
}
