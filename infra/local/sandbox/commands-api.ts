/**
 * What can be done to the sandbox from outside: by tests, by `curl`, and by its page.
 */
import * as z from 'zod';
import type { SandboxCharge } from './charge.ts';
import { act, type ChargeAction, chargeActions, CommandRefused, shown } from './charges.ts';
import { type SandboxContext, settingsDefault, settingsSchema } from './context.ts';
import { misbehaviourSchema, plan, planned } from './misbehaviours.ts';
import { actOnPayout, type PayoutAction, payoutActions } from './payouts.ts';
import { midtransExport } from './reports.ts';
import type { Route, SandboxAnswer, SandboxRequest } from './routes.ts';
import { deliver, release, releaseSchema } from './webhooks.ts';

const at = (path: string): RegExp => new RegExp(`^/_sandbox${path}$`);

export function commandRoutes(context: SandboxContext): Route[] {
  return [
    ...chargeRoutes(context),
    ...payoutRoutes(context),
    ...reportRoutes(context),
    ...webhookRoutes(context),
    ...settingRoutes(context),
  ].map(({ method, path, answer }) => ({
    operation: 'command',
    method,
    path,
    answer: refusing(answer),
  }));
}

type Command = Omit<Route, 'operation'>;

/** What does not fit is the caller's business: 400 for what it says, 409 for what is not so. */
function refusing(answer: Route['answer']): Route['answer'] {
  return async (request, parts) => {
    try {
      return await answer(request, parts);
    } catch (error) {
      if (error instanceof z.ZodError) return problem(400, 'invalid', z.prettifyError(error));
      if (error instanceof CommandRefused) return problem(409, 'refused', error.message);
      throw error;
    }
  };
}

const problem = (status: number, code: string, detail: string): SandboxAnswer => ({ status, body: { code, detail } });
const unknown = problem(404, 'not-found', 'There is no such thing here.');

function chargeRoutes(context: SandboxContext): Command[] {
  const { store } = context;
  const found = (gateway: string | undefined, reference = ''): SandboxCharge | undefined =>
    store.list('charge', reference).find((charge) => charge.gateway === gateway);
  return [
    {
      method: 'GET',
      path: at('/charges'),
      answer: ({ query }) => ({
        status: 200,
        body: { charges: store.list('charge', query.get('reference') ?? undefined).map(shown) },
      }),
    },
    {
      method: 'GET',
      path: at('/charges/([^/]+)/([^/]+)'),
      answer: (_, [gateway, reference]) => {
        const charge = found(gateway, reference);
        return charge === undefined ? unknown : { status: 200, body: shown(charge) };
      },
    },
    {
      method: 'POST',
      path: at('/charges/([^/]+)/([^/]+)/([^/]+)'),
      answer: ({ body }, [gateway, reference, action = '']) => {
        const charge = found(gateway, reference);
        if (charge === undefined || !isActionOf(chargeActions, action)) return unknown;
        return { status: 200, body: shown(actOn(context, charge, { action, body })) };
      },
    },
  ];
}

function isActionOf<Actions extends object>(actions: Actions, name: string): name is keyof Actions & string {
  return Object.hasOwn(actions, name);
}

function actOn(context: SandboxContext, charge: SandboxCharge, { action, body }: { action: ChargeAction; body: unknown }): SandboxCharge {
  return act(context, { charge, action, input: chargeActions[action].parse(body ?? {}) });
}

function payoutRoutes(context: SandboxContext): Command[] {
  const { store } = context;
  return [
    {
      method: 'GET',
      path: at('/payouts'),
      answer: ({ query }) => ({ status: 200, body: { payouts: store.list('payout', query.get('reference') ?? undefined) } }),
    },
    {
      method: 'POST',
      path: at('/payouts/([^/]+)/([^/]+)'),
      answer: ({ body }, [id = '', action = '']) => {
        const payout = store.get('payout', id) ?? store.find('payout', id);
        if (payout === undefined || !isActionOf(payoutActions, action)) return unknown;
        const name: PayoutAction = action;
        return { status: 200, body: actOnPayout(context, { payout, action: name, input: payoutActions[name].parse(body ?? {}) }) };
      },
    },
  ];
}

function reportRoutes({ store }: SandboxContext): Command[] {
  return [
    {
      method: 'GET',
      path: at('/reports/midtrans'),
      answer: ({ query }) => ({ status: 200, body: { csv: midtransExport(store, daySchema.parse(query.get('day'))) } }),
    },
  ];
}

const daySchema = z.iso.date();

function webhookRoutes(context: SandboxContext): Command[] {
  return [
    {
      method: 'GET',
      path: at('/webhooks'),
      answer: ({ query }) => ({
        status: 200,
        body: { webhooks: context.store.list('webhook', query.get('reference') ?? undefined) },
      }),
    },
    {
      method: 'POST',
      path: at('/webhooks/release'),
      answer: async ({ body }) => ({ status: 200, body: { released: await release(context, releaseSchema.parse(body ?? {})) } }),
    },
    {
      method: 'POST',
      path: at('/webhooks/([^/]+)/send'),
      answer: async (_, [id = '']) => {
        const webhook = await deliver(context, id);
        return webhook === undefined ? unknown : { status: 200, body: webhook };
      },
    },
  ];
}

function settingRoutes(context: SandboxContext): Command[] {
  const { store } = context;
  const save = (settings: object): SandboxAnswer => {
    store.put('settings', { id: 'settings', reference: 'settings', ...settings });
    return { status: 200, body: context.settings() };
  };
  return [
    { method: 'GET', path: at('/settings'), answer: () => ({ status: 200, body: context.settings() }) },
    {
      method: 'PATCH',
      path: at('/settings'),
      answer: ({ body }) => save({ ...context.settings(), ...settingsSchema.partial().parse(body) }),
    },
    { method: 'GET', path: at('/misbehaviours'), answer: () => ({ status: 200, body: { misbehaviours: planned(store) } }) },
    {
      method: 'POST',
      path: at('/misbehaviours'),
      answer: ({ body }: SandboxRequest) => {
        plan(store, [...planned(store), misbehaviourSchema.parse(body)]);
        return { status: 200, body: { misbehaviours: planned(store) } };
      },
    },
    {
      method: 'DELETE',
      path: at('/misbehaviours'),
      answer: () => {
        plan(store, []);
        return { status: 200, body: { misbehaviours: [] } };
      },
    },
    {
      method: 'POST',
      path: at('/reset'),
      answer: () => {
        for (const kind of ['charge', 'payment', 'payout', 'webhook', 'idempotency', 'settings', 'misbehaviours'] as const)
          store.remove(kind);
        return { status: 200, body: settingsDefault };
      },
    },
  ];
}
