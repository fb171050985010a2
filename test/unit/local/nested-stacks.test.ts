import { describe, expect, it } from 'vitest';
import type { RawTemplate, StackArtifact } from '#infra/local/template/assembly.ts';
import { withNestedStacks } from '#infra/local/template/nested-stacks.ts';

type Resources = RawTemplate['Resources'];

const queue = (properties: Record<string, unknown> = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });
const nested = (parameters: Record<string, unknown> = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { Parameters: parameters },
});

/** What a stack is with its nested stacks put in, which are named by the logical ids of their resources. */
function whole(Resources: Resources, templates: Record<string, Partial<RawTemplate>>, rest: Partial<StackArtifact> = {}): StackArtifact {
  return withNestedStacks({ stackName: 'Xm', template: { Resources }, paths: new Map(), ...rest }, (logicalId) => ({
    Resources: {},
    ...templates[logicalId],
  }));
}

const resourcesOf = (...given: Parameters<typeof whole>) => whole(...given).template.Resources;

describe('a nested stack', () => {
  it('is replaced by what it holds, with what its parent gives it', () => {
    const inside = queue({ Name: { 'Fn::Join': ['-', [{ Ref: 'Stage' }, 'jobs']] }, Dead: { 'Fn::GetAtt': ['Dead', 'Arn'] } });
    const resources = resourcesOf(
      { Table: { Type: 'AWS::DynamoDB::GlobalTable' }, Wallet: nested({ Stage: { Ref: 'Table' } }) },
      { Wallet: { Parameters: { Stage: { Type: 'String' } }, Resources: { Jobs: inside, Dead: queue() } } },
    );
    expect(Object.keys(resources)).toEqual(['Table', 'Jobs', 'Dead']);
    expect(resources['Jobs']?.Properties).toEqual({
      Name: { 'Fn::Join': ['-', [{ Ref: 'Table' }, 'jobs']] },
      Dead: { 'Fn::GetAtt': ['Dead', 'Arn'] },
    });
  });

  it('gives its outputs to its parent, and by it to another', () => {
    const resources = resourcesOf(
      {
        Wallet: nested(),
        Orders: nested({ Money: { 'Fn::GetAtt': ['Wallet', 'Outputs.Money'] } }),
        Page: queue({ Money: { 'Fn::GetAtt': 'Wallet.Outputs.Money' } }),
      },
      {
        Wallet: { Resources: { Table: queue() }, Outputs: { Money: { Value: { Ref: 'Table' } } } },
        Orders: { Parameters: { Money: { Type: 'String' } }, Resources: { Buy: queue({ From: { Ref: 'Money' } }) } },
      },
    );
    expect([resources['Page']?.Properties, resources['Buy']?.Properties]).toEqual([
      { Money: { Ref: 'Table' } },
      { From: { Ref: 'Table' } },
    ]);
  });

  it('may hold another one', () => {
    const resources = resourcesOf(
      { Outer: nested({ Stage: 'live' }) },
      {
        Outer: { Parameters: { Stage: { Type: 'String' } }, Resources: { Inner: nested({ In: { Ref: 'Stage' } }) } },
        Inner: { Parameters: { In: { Type: 'String' } }, Resources: { Jobs: queue({ Name: { Ref: 'In' } }) } },
      },
    );
    expect(resources).toEqual({ Jobs: queue({ Name: 'live' }) });
  });

  it('is given values within a text, and the default of what it is not given', () => {
    const parameters = { Stage: { Type: 'String' }, Size: { Type: 'String', Default: 'small' } };
    const text = 'of ${Stage}, ${Size}, ${!Stage}, ${Jobs.Arn}, ${Own}';
    const resources = resourcesOf(
      { Wallet: nested({ Stage: { Ref: 'AWS::Region' } }) },
      { Wallet: { Parameters: parameters, Resources: { Jobs: queue({ Name: { 'Fn::Sub': [text, { Own: { Ref: 'Size' } }] } }) } } },
    );
    const variables = { Own: 'small', Stage: { Ref: 'AWS::Region' }, Size: 'small' };
    expect(resources['Jobs']?.Properties).toEqual({ Name: { 'Fn::Sub': [text, variables] } });
  });

  it('keeps its conditions, and frees others of waiting for it', () => {
    const { template } = whole(
      { Wallet: nested({ Stage: 'live' }), Late: { ...queue(), DependsOn: ['Wallet', 'Other'] }, Other: queue() },
      {
        Wallet: {
          Parameters: { Stage: { Type: 'String' } },
          Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } },
          Resources: { Jobs: { ...queue(), Condition: 'IsLive' } },
        },
      },
    );
    expect(template.Conditions).toEqual({ IsLive: { 'Fn::Equals': ['live', 'live'] } });
    expect(template.Resources['Late']?.DependsOn).toEqual(['Other']);
  });

  it('does not show in construct paths, so that names stay what they were', () => {
    const paths = new Map([
      ['Wallet', 'Xm/WalletStack.NestedStack/WalletStack.NestedStackResource'],
      ['Table', 'Xm/WalletStack/Wallet/Table/Resource'],
      ['Page', 'Xm/Page/Resource'],
    ]);
    const stack = whole({ Wallet: nested(), Page: queue() }, { Wallet: { Resources: { Table: queue() } } }, { paths });
    expect([stack.paths.get('Table'), stack.paths.get('Page')]).toEqual(['Xm/Wallet/Table/Resource', 'Xm/Page/Resource']);
  });

  it('is refused with its name when CloudFormation could not deploy it, or this stack not run it', () => {
    const output = { Resources: { Q: queue() }, Outputs: { It: { Value: { Ref: 'Q' } } } };
    const eachOther = {
      A: nested({ In: { 'Fn::GetAtt': ['B', 'Outputs.It'] } }),
      B: nested({ In: { 'Fn::GetAtt': ['A', 'Outputs.It'] } }),
    };
    expect(() => resourcesOf(eachOther, { A: output, B: output })).toThrow('circular reference: A → B → A');
    expect(() => resourcesOf({ A: nested(), Q: queue() }, { A: output })).toThrow('Q: two stacks of one system use this logical id');
    expect(() =>
      resourcesOf({ A: nested() }, { A: { Parameters: { In: { Type: 'String' } }, Resources: { Q: queue({ In: { Ref: 'In' } }) } } }),
    ).toThrow('A: parameter In has no default and no value is given');
    expect(() => resourcesOf({ A: nested() }, { A: { ...output, Mappings: {} } })).toThrow('A: Mappings of a nested stack');
  });
});
