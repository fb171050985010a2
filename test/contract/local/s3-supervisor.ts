/** Starts a local S3 on the folder it is given and waits to be killed: the other half of a test. */
import { startS3 } from '#infra/local/s3/server.ts';

const silent = { info: () => undefined, warn: () => undefined };
const options = { port: 0, region: 'x', accountId: '0', buckets: [], principals: [], deliver: async () => undefined, log: silent };
const server = await startS3({ ...options, dataDirectory: process.argv[2]! });
process.stdout.write(`${server.pid}\n`);
