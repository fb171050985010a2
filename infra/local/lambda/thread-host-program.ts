/**
 * The process that holds the threads of the functions. It does as it is told and keeps nothing else: when V8 aborts it, nothing is lost but threads.
 */
import type { Sandbox } from './sandbox.ts';
import type { FromHost, ToHost } from './thread-host-protocol.ts';
import { startThread } from './thread-sandbox.ts';

const threads = new Map<number, Sandbox>();

// Ctrl-C reaches the whole process group; the stack decides when its threads end, and they must not outlive it.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (message: ToHost) => void receive(message));

async function receive(message: ToHost): Promise<void> {
  if (message.type === 'start') return start(message);
  const thread = threads.get(message.id);
  if (message.type === 'send') thread?.send(message.message);
  if (message.type === 'kill') await thread?.kill();
  if (message.type === 'shift') {
    await thread?.shiftClock(message.offsetMs);
    await tell({ type: 'shifted', number: message.number });
  }
}

function start({ id, spec }: Extract<ToHost, { type: 'start' }>): void {
  const thread = startThread(spec, {
    message: (message) => void tell({ type: 'message', id, message }),
    output: (stream, text) => tell({ type: 'output', id, stream, text }),
    exit: (exit) => {
      threads.delete(id);
      void tell({ type: 'exit', id, exit });
    },
  });
  threads.set(id, thread);
}

/** Resolves when the message has left this process; a channel that closed under it ends the process anyway. */
function tell(message: FromHost): Promise<void> {
  return new Promise((resolve) => void process.send!(message, () => resolve()));
}
