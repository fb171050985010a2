/**
 * Finds and loads the handler that the template names, by the rules of Lambda's Node runtime, and runs it.
 */
import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from './context.ts';
import { RuntimeError } from './function-error.ts';

type Callback = (error?: unknown, result?: unknown) => void;
export type Handler = (event: unknown, context: Context, callback?: Callback) => unknown;

export interface HandlerPlace {
  readonly taskRoot: string;
  readonly handler: string;
  /** Whether the runtime still takes `(event, context, callback)`. */
  readonly callbacks: boolean;
}

/** Loads the module and picks the export. Throws what Lambda reports as the error of an init. */
export async function loadHandler(place: HandlerPlace): Promise<Handler> {
  const { modulePath, exportPath } = splitHandler(place.handler);
  const loaded = await loadModule(place.taskRoot, modulePath);
  const found = exportPath.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], loaded);
  if (found === undefined) throw new RuntimeError('Runtime.HandlerNotFound', `${place.handler} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${place.handler} is not a function`);
  if (!place.callbacks && found.length >= 3) {
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function ' +
        'to use a supported handler signature to use Node.js 24 or later.',
    );
  }
  return found as Handler;
}

/** Runs a handler of either style to its answer. */
export async function runHandler(handler: Handler, event: unknown, context: Context): Promise<unknown> {
  if (handler.length < 3) return handler(event, context);
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => {
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    };
    const returned = handler(event, context, callback);
    if (isThenable(returned)) returned.then(resolve, reject);
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}

function splitHandler(handler: string): { modulePath: string; exportPath: string } {
  const match = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(handler);
  if (handler.includes('..') || !match) throw new RuntimeError('Runtime.MalformedHandlerName', `'${handler}' is not a valid handler name`);
  return { modulePath: match[1]!, exportPath: match[2]! };
}

async function loadModule(taskRoot: string, modulePath: string): Promise<unknown> {
  const file = ['.js', '.mjs', '.cjs'].map((ending) => join(taskRoot, modulePath) + ending).find((candidate) => existsSync(candidate));
  if (file === undefined) throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${modulePath}'`);
  try {
    return await evaluate(file, taskRoot);
  } catch (thrown) {
    throw asInitError(thrown);
  }
}

async function evaluate(file: string, taskRoot: string): Promise<unknown> {
  if (file.endsWith('.mjs')) return import(pathToFileURL(file).href);
  if (file.endsWith('.js') && !hasOwnPackage(file, taskRoot)) commonJsBelow(taskRoot);
  try {
    return createRequire(file)(file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ERR_REQUIRE_ASYNC_MODULE') return import(pathToFileURL(file).href);
    throw thrown;
  }
}

function hasOwnPackage(file: string, taskRoot: string): boolean {
  for (let folder = dirname(file); folder.startsWith(taskRoot); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return true;
    if (folder === taskRoot) return false;
  }
  return false;
}

/**
 * A `.js` bundle without a `package.json` of its own is CommonJS in `/var/task`, where no folder above has one. Here the repository has, and says
 * `"type": "module"`: so Node must not look for it.
 */
function commonJsBelow(taskRoot: string): void {
  const root = pathToFileURL(`${taskRoot}/`).href;
  registerHooks({
    load: (url, context, nextLoad) =>
      nextLoad(url, url.startsWith(root) && url.endsWith('.js') ? { ...context, format: 'commonjs' } : context),
  });
}

function asInitError(thrown: unknown): unknown {
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') return RuntimeError.around('Runtime.ImportModuleError', thrown);
  return thrown instanceof SyntaxError ? RuntimeError.around('Runtime.UserCodeSyntaxError', thrown) : thrown;
}
