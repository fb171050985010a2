/**
 * `npm run token -- --role ops[,support] [--minutes N]`: a bearer token for the local stack without signing in, for scripts and trials.
 *
 * It signs with the key that the local stack made in its data folder; nothing deployed trusts that key.
 *
 * Exit codes: 0 with a token, 1 when no stack runs on the folder, 2 for a wrong command line.
 */
import { parseArgs } from 'node:util';
import { memberRoles, staffRoles } from '#shared/platform/permissions.ts';
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

interface Command {
  readonly roles: readonly string[];
  readonly lifetimeMinutes: number;
  readonly data: string;
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const command = parse(args);
  if (typeof command === 'string') {
    (args.includes('--help') ? console.log : console.error)(command);
    return args.includes('--help') ? 0 : 2;
  }
  try {
    const { data, ...token } = command;
    console.log(await mintToken(data, { ...token, nowMs: await stackTime(data) }));
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

function parse(args: readonly string[]): Command | string {
  if (args.includes('--help')) return usage;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        role: { type: 'string', default: 'ops' },
        minutes: { type: 'string', default: '60' },
        data: { type: 'string', default: '.local' },
      },
    });
    const lifetimeMinutes = Number(values.minutes);
    const isWhole = Number.isInteger(lifetimeMinutes) && lifetimeMinutes >= 1 && lifetimeMinutes <= minutesMax;
    if (!isWhole) return `--minutes takes a whole number from 1 to ${minutesMax}.\n\n${usage}`;
    return { roles: rolesOf(values.role), lifetimeMinutes, data: values.data };
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`;
  }
}

/** `admin` stands for the role that may do everything. Throws for a role there is not. */
function rolesOf(list: string): string[] {
  return list.split(',').map((named) => {
    const role = named.trim() === 'admin' ? 'owner' : named.trim();
    if (!known.includes(role)) throw new Error(`There is no role ${role}.`);
    return role;
  });
}
