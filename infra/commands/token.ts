/**
 * `npm run token -- --role ops[,support] [--minutes N]`: a bearer token for the local stack without signing in, for scripts and trials.
 *
 * It signs with the key that the local stack made in its data folder; nothing deployed trusts that key.
 */
import { parseArgs } from 'node:util';
import { memberRoles, staffRoles } from '#shared/platform/permissions.ts';
import { stackTime } from '../local/running.ts';
import { mintToken } from '../local/token-issuer.ts';

const { values } = parseArgs({
  options: {
    role: { type: 'string', default: 'ops' },
    minutes: { type: 'string', default: '60' },
    data: { type: 'string', default: '.local' },
  },
});

try {
  const nowMs = await stackTime(values.data);
  console.log(await mintToken(values.data, { roles: rolesOf(values.role), lifetimeMinutes: Number(values.minutes), nowMs }));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

/** `admin` stands for the role that may do everything. Throws for a role there is not. */
function rolesOf(list: string): string[] {
  const known: readonly string[] = [...staffRoles, ...memberRoles];
  return list.split(',').map((named) => {
    const role = named.trim() === 'admin' ? 'owner' : named.trim();
    if (!known.includes(role)) throw new Error(`There is no role ${role}: take one of ${known.join(', ')}.`);
    return role;
  });
}
