/**
 * `npm run owner -- --email NAME@HOST [--data FOLDER | --outputs FILE]`: invites the first owner of the backoffice, and prints the link.
 * With `--renew-second-factor --confirm` an owner who has lost the authenticator app gets a link to set up another.
 *
 * Exit codes: 0 with a link, 1 when there is an owner already (or no such owner) or the stack cannot be reached, 2 for a wrong command line.
 */
import { emailSchema } from '#shared/identity/member.ts';
import { runCommand } from './command.ts';
import { deploymentOf, type Deployment, type Place } from './deployment.ts';
import { inviteFirstOwner, renewSecondFactor } from './owners.ts';

const usage = `npm run owner -- --email NAME@HOST [options]
  --email NAME@HOST       address of the first owner, who signs in with it
  --renew-second-factor   for an owner who has lost the authenticator app: voids it, its recovery codes and all sessions,
                          and sends a link to set up another to the owner's address. The link asks for the password.
  --confirm               has to stand beside --renew-second-factor
  --data FOLDER           the local stack that runs on this data folder; .local without it
  --outputs FILE          a deployment instead: the file that \`npx cdk deploy --outputs-file FILE\` wrote
`;

interface Asked extends Place {
  readonly email: string;
  readonly renews: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

await runCommand({
  usage,
  options: { email: text, data: text, outputs: text, 'renew-second-factor': flag, confirm: flag },
  read({ 'renew-second-factor': renews, confirm, email, ...place }): Asked | string {
    if (place.data !== undefined && place.outputs !== undefined) return 'Either --data or --outputs.';
    if (renews !== confirm) return '--renew-second-factor signs the owner out everywhere, so it takes --confirm beside it.';
    const address = emailSchema.safeParse(email);
    return address.success ? { ...place, renews, email: address.data } : '--email takes an e-mail address.';
  },
  async run(asked) {
    const deployment = await deploymentOf(asked);
    return await (asked.renews ? renew(deployment, asked) : invite(deployment, asked));
  },
});

async function invite(deployment: Deployment, { email }: Asked): Promise<number> {
  const invited = await inviteFirstOwner(deployment, email);
  if (invited === undefined) {
    console.error('There is an owner already: owners invite others in the backoffice.');
    return 1;
  }
  console.log(`Open this link to take the account, until ${invited.expiresAt}:\n${invited.link}`);
  return 0;
}

async function renew(deployment: Deployment, { email }: Asked): Promise<number> {
  const renewed = await renewSecondFactor(deployment, email);
  if (renewed === undefined) {
    console.error(`No owner who may come in signs in with ${email}. For others of the staff an owner does it in the backoffice.`);
    return 1;
  }
  console.log(`The app, the recovery codes and all sessions of ${email} are void. A link to set up another app is on its way there,`);
  console.log(`good until ${renewed.expiresAt}; it asks for the password. The audit log has a record of it.`);
  return 0;
}
