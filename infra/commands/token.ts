/**
 * `npm run token -- --role ops [--subject NAME] [--minutes N]`: mints a bearer token for the local stack, until sign-in exists.
 *
 * It signs with the key that the local stack made in its data folder and serves as JWKS; nothing deployed trusts that key.
 */
import { parseArgs } from 'node:util';
import { mintToken } from '../local/token-issuer.ts';

const { values } = parseArgs({
  options: {
    role: { type: 'string', default: 'ops' },
    subject: { type: 'string', default: 'local-developer' },
    minutes: { type: 'string', default: '60' },
    data: { type: 'string', default: '.local' },
  },
});

console.log(
  await mintToken(values.data, { subject: values.subject, roles: values.role.split(','), lifetimeMinutes: Number(values.minutes) }),
);
