import { audit } from './audit/manifest.ts';
import { identity } from './identity/manifest.ts';
import { logs } from './logs/manifest.ts';
import type { Capability } from './shell/capability.ts';
import { wallet } from './wallet/manifest.ts';

/** What the desk is made of, in the order of its menu. */
export const capabilities: readonly Capability[] = [identity, wallet, audit, logs];
