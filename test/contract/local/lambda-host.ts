/**
 * A process of its own that runs one function and prints its answer; then it waits to be killed.
 * Arguments: isolation, source of the function's `index.mjs`.
 */
import { startFunctions } from './lambda-functions.ts';

const [, , isolation = 'thread', source = ''] = process.argv;
const functions = await startFunctions({ hosted: source }, { isolation: isolation as 'thread' | 'process' });
process.stdout.write(`${JSON.stringify(await functions.answer('hosted'))}\n`);
setInterval(() => {}, 60_000);
