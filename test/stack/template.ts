import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesise } from '#infra/synthesis.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Record<string, never>;
  readonly DependsOn?: string[];
  readonly Metadata?: Record<string, unknown>;
}

/** The synthesised template of the one stack. */
export async function synthesisedTemplate(): Promise<{ resources: Record<string, TemplateResource>; directory: string }> {
  const { directory } = await synthesise();
  const template = JSON.parse(readFileSync(join(directory, 'Xm.template.json'), 'utf8')) as { Resources: Record<string, TemplateResource> };
  return { resources: template.Resources, directory };
}
