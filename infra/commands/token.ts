/**
 * `npm run token -- --role ops [--subject NAME] [--minutes N]`: mints a bearer token for the local stack, until sign-in exists.
 *
 * It signs with the key that the local stack made in its data folder and serves as JWKS; nothing deployed trusts that key.
 */
import { parseArgs } from 'node:util';
import { stackTime } from '../local/running.ts';
import { mintToken } from '../local/token-issuer.ts';

const { values } = parseArgs({
  options: {
    role: { type: 'string', default: 'ops' },
    subject: { type: 'string', default: 'local-developer' },
    minutes: { type: 'string', default: '60' },
    data: { type: 'string', default: '.local' },
  },
});

try {
  const nowMs = await stackTime(values.data);
  const token = { subject: values.subject, roles: values.role.split(','), lifetimeMinutes: Number(values.minutes), nowMs };
  console.log(await mintToken(values.data, token));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
