/**
 * `npm run token -- --role ops[,support] [--minutes N]`: a bearer token for the local stack without signing in, for scripts and trials.
 *
 * It signs with the key that the local stack made in its data folder; nothing deployed trusts that key.
 *
 * Exit codes: 0 with a token, 1 when no stack runs on the folder, 2 for a wrong command line.
 */
import { memberRoles, staffRoles } from '#shared/platform/permissions.ts';
import { runCommand } from './command.ts';
import { stackTime } from '../local/running.ts';
import { mintToken } from '../local/token-issuer.ts';

const known: readonly string[] = [...staffRoles, ...memberRoles];
const minutesMax = 525_600;

const usage = `npm run token -- [options]
  --role ROLE[,ROLE]  one or several of ${known.join(', ')};
                      admin stands for owner; ops without it
  --minutes N         how long it is good, 1 to ${minutesMax}; 60 without it
  --data FOLDER       the local stack that runs on this data folder; .local without it
`;

interface Asked {
  readonly roles: readonly string[];
  readonly lifetimeMinutes: number;
  readonly data: string;
}

await runCommand({
  usage,
  options: {
    role: { type: 'string', default: 'ops' },
    minutes: { type: 'string', default: '60' },
    data: { type: 'string', default: '.local' },
  },
  read({ role, minutes, data }): Asked | string {
    const lifetimeMinutes = Number(minutes);
    const isWhole = Number.isInteger(lifetimeMinutes) && lifetimeMinutes >= 1 && lifetimeMinutes <= minutesMax;
    return isWhole ? { roles: rolesOf(role), lifetimeMinutes, data } : `--minutes takes a whole number from 1 to ${minutesMax}.`;
  },
  async run({ data, ...token }) {
    console.log(await mintToken(data, { ...token, nowMs: await stackTime(data) }));
    return 0;
  },
});

/** `admin` stands for the role that may do everything. Throws for a role there is not. */
function rolesOf(list: string): string[] {
  return list.split(',').map((named) => {
    const role = named.trim() === 'admin' ? 'owner' : named.trim();
    if (!known.includes(role)) throw new Error(`There is no role ${role}.`);
    return role;
  });
}
