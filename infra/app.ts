/**
 * The CDK app: stage → stacks, and the only reader of CDK context.
 *
 * `npx cdk deploy` runs it through cdk.json; the local stack and the stack tests call `synthesise`, which runs it as well.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildFunctions, root } from './build.ts';
import { XmStack } from './stacks/xm-stack.ts';

export interface AppProps {
  /** Folder for template and assets; default `cdk.out`. */
  readonly outdir?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Composes the app from built bundles. Throws when cdk-nag finds something at synthesis. */
export function composeApp({ outdir, context }: AppProps = {}): App {
  const app = new App({ ...(outdir ? { outdir } : {}), context: { ...contextOfCdkJson(), ...context } });
  new XmStack(app, 'Xm', {
    description: 'XM: backend of a social app with a digital balance, its backoffice and the Log Scanner',
    scannersMax: Number(app.node.tryGetContext('scannersMax') ?? 200),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/** The CDK's own command line passes this along; whoever composes the app in process must see the same feature flags. */
function contextOfCdkJson(): Record<string, unknown> {
  return (JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> }).context;
}

if (import.meta.main) {
  await buildFunctions();
  composeApp().synth();
}
