/** State machines of the template, and those whose executions outlive it. */
import { z } from 'zod';
import type { Resource, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';
import { DefinitionError } from './definition-error.ts';
import type { Execution } from './execution-store.ts';
import type { Machine, State } from './machine.ts';
import { parseMachine } from './parse-machine.ts';
import { namedFunction } from './tasks.ts';

export interface DeclaredMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** JSON. */
  readonly definition: string;
}

const known = {
  supported: ['Definition', 'DefinitionString', 'DefinitionSubstitutions', 'RoleArn', 'StateMachineName', 'StateMachineType'],
  inert: {
    EncryptionConfiguration: 'data at rest is as safe as the disk it lies on',
    LoggingConfiguration: 'the history of every execution is kept',
    Tags: 'nothing is billed',
    TracingConfiguration: 'nothing collects traces',
  },
};

const Properties = z.object({
  Definition: z.record(z.string(), z.unknown()).optional(),
  DefinitionString: z.string().optional(),
  DefinitionSubstitutions: z.record(z.string(), z.coerce.string()).default({}),
  RoleArn: z.string(),
  StateMachineType: z.literal('STANDARD', 'only standard workflows run in the local stack').default('STANDARD'),
});

/** Throws `TemplateError` with logical id, state and field for a definition that is not run here as on AWS. */
export function declaredMachines(model: StackModel, mayInvoke: (roleArn: string, functionArn: string) => boolean): DeclaredMachine[] {
  return model.ofType('AWS::StepFunctions::StateMachine').map((resource) => {
    const properties = propertiesOf(resource, Properties, known);
    const definition = definitionText(resource, properties);
    const machine = parsed(resource, definition);
    const denied = functionsOf(machine).find((functionArn) => !mayInvoke(properties.RoleArn, functionArn));
    if (denied !== undefined) throw refusal(resource, `its role does not grant lambda:InvokeFunction on ${denied}`);
    return { arn: resource.arn, name: resource.physicalName, roleArn: properties.RoleArn, definition };
  });
}

function definitionText(
  resource: Resource,
  { Definition, DefinitionString, DefinitionSubstitutions }: z.output<typeof Properties>,
): string {
  const text = Definition === undefined ? DefinitionString : JSON.stringify(Definition);
  if (text === undefined) throw refusal(resource, 'Definition: neither Definition nor DefinitionString is given');
  return Object.entries(DefinitionSubstitutions).reduce((result, [name, value]) => result.replaceAll(`\${${name}}`, () => value), text);
}

function parsed(resource: Resource, text: string): Machine {
  try {
    return parseMachine(JSON.parse(text));
  } catch (error) {
    if (error instanceof DefinitionError) throw refusal(resource, `definition: ${error.message}`);
    if (error instanceof SyntaxError) throw refusal(resource, `definition: not JSON: ${error.message}`);
    throw error;
  }
}

function functionsOf({ graph }: Machine): string[] {
  const within = (state: State): string[] => {
    if (state.type === 'Task') return [namedFunction(state.resource) ?? []].flat();
    return 'graphs' in state ? state.graphs.flatMap((inner) => [...inner.states.values()].flatMap(within)) : [];
  };
  return [...graph.states.values()].flatMap(within);
}

/** Parsed definitions by text: an execution runs the one it was started with to its end. */
export function machineCache(): (execution: Pick<Execution, 'definition'>) => Machine {
  const machines = new Map<string, Machine>();
  return ({ definition }) => {
    const machine = machines.get(definition) ?? parseMachine(JSON.parse(definition));
    machines.set(definition, machine);
    return machine;
  };
}
