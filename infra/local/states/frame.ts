/** A branch with everything that its state is evaluated on. */
import type { Scope } from './expression.ts';
import type { Branch, Execution } from './execution-store.ts';
import type { Graph, Machine, State } from './machine.ts';

export interface Frame {
  readonly execution: Execution;
  readonly branch: Branch;
  readonly graph: Graph;
  readonly state: State;
  /** The raw input and the context object. */
  readonly scope: Scope;
}

export function frameOf(branch: Branch, execution: Execution, machine: Machine): Frame {
  const graph = graphAt(machine.graph, branch.graphPath);
  return {
    execution,
    branch,
    graph,
    state: stateNamed(graph, branch.state),
    scope: { input: JSON.parse(branch.input) as unknown, context: contextOf(execution, branch) },
  };
}

function graphAt(graph: Graph, path: Branch['graphPath']): Graph {
  return path.reduce((within, [name, index]) => {
    const state = stateNamed(within, name);
    const inner = 'graphs' in state ? state.graphs[index] : undefined;
    if (inner === undefined) throw new Error(`${name} has no graph ${index}`);
    return inner;
  }, graph);
}

function stateNamed({ states }: Graph, name: string): State {
  const state = states.get(name);
  if (state === undefined) throw new Error(`no state ${name}`);
  return state;
}

/** `$$`. Source: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
function contextOf(execution: Execution, branch: Branch): object {
  return {
    Execution: {
      Id: execution.arn,
      Input: JSON.parse(execution.input) as unknown,
      Name: execution.name,
      RoleArn: execution.roleArn,
      StartTime: new Date(execution.startedAtMs).toISOString(),
      RedriveCount: 0,
    },
    State: {
      EnteredTime: new Date(branch.enteredAtMs).toISOString(),
      Name: branch.state,
      RetryCount: branch.retries.reduce((sum, made) => sum + made, 0),
    },
    StateMachine: { Id: execution.machineArn, Name: execution.machineArn.split(':').at(-1) },
    ...(branch.item === undefined ? {} : { Map: { Item: JSON.parse(branch.item) as unknown } }),
  };
}

/** The frame of one iteration as its Map state sees it, to make the iteration's input. */
export function withItem({ scope }: Frame, item: { readonly Index: number; readonly Value: unknown }): Scope {
  return { ...scope, context: { ...(scope.context as object), Map: { Item: item } } };
}
