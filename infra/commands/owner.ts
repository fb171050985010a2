/**
 * `npm run owner -- --email NAME@HOST [--data FOLDER | --outputs FILE]`: invites the first owner of the backoffice, and prints the link.
 *
 * Exit codes: 0 with a link, 1 when there is an owner already or the stack cannot be reached, 2 for a wrong command line.
 */
import { parseArgs } from 'node:util';
import { emailSchema } from '#shared/identity/member.ts';
import { deploymentOf, type Place } from './deployment.ts';
import { inviteFirstOwner } from './first-owner.ts';

const usage = `npm run owner -- --email NAME@HOST [options]
  --email NAME@HOST  address of the first owner, who signs in with it
  --data FOLDER      the local stack that runs on this data folder; .local without it
  --outputs FILE     a deployment instead: the file that \`npx cdk deploy --outputs-file FILE\` wrote
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const command = parse(args);
  if (typeof command === 'string') {
    (args.includes('--help') ? console.log : console.error)(command);
    return args.includes('--help') ? 0 : 2;
  }
  try {
    const invited = await inviteFirstOwner(await deploymentOf(command), command.email);
    if (invited === undefined) {
      console.error('There is an owner already: owners invite others in the backoffice.');
      return 1;
    }
    console.log(`Open this link to take the account, until ${invited.expiresAt}:\n${invited.link}`);
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

function parse(args: readonly string[]): (Place & { readonly email: string }) | string {
  if (args.includes('--help')) return usage;
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { email: text, data: text, outputs: text } });
    if (values.data !== undefined && values.outputs !== undefined) return `Either --data or --outputs.\n\n${usage}`;
    const email = emailSchema.safeParse(values.email);
    return email.success ? { ...values, email: email.data } : `--email takes an e-mail address.\n\n${usage}`;
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`;
  }
}
