import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '#infra/local/template/assembly.ts';
import { synthesise } from '#infra/synthesis.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Record<string, never>;
  readonly DependsOn?: string[];
  readonly Metadata?: Record<string, unknown>;
}

export interface Synthesised {
  /** Of the whole system: what nested stacks hold stands in their place. */
  readonly resources: Record<string, TemplateResource>;
  /** Template by template, as CloudFormation takes them. */
  readonly resourcesOfTemplate: ReadonlyMap<string, number>;
  readonly directory: string;
}

/** The synthesised system. */
export async function synthesisedTemplate(): Promise<Synthesised> {
  const { directory } = await synthesise();
  const [stack] = readAssembly(directory).stacks;
  if (stack === undefined) throw new Error(`${directory} holds no stack`);
  const templates = readdirSync(directory).filter((file) => file.endsWith('.template.json'));
  const countOf = (file: string) => {
    const template = JSON.parse(readFileSync(join(directory, file), 'utf8')) as { readonly Resources: object };
    return Object.keys(template.Resources).length;
  };
  return {
    resources: stack.template.Resources as Record<string, TemplateResource>,
    resourcesOfTemplate: new Map(templates.map((file) => [file, countOf(file)])),
    directory,
  };
}
