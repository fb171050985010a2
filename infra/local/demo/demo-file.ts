import { join } from 'node:path';

/** The demo's people, for whoever tries it; there once a data folder has a demo. */
export const demoFile = (dataDirectory: string): string => join(dataDirectory, 'demo.json');
