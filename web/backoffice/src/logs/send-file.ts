import { type Api, answer } from '../shell/api/client.ts';
import type { Send } from './uploads.ts';

/** Straight to the bucket, by an address that the API signs. */
export function sendFile(api: Api): Send<File> {
  return async (file, { stop, progressed }) => {
    const body = { name: file.name, bytes: file.size };
    const { url } = await answer(api.POST('/api/admin/logs/uploads', { body, signal: stop }));
    await put(url, file, { stop, progressed });
  };
}

interface Sending {
  readonly stop: AbortSignal;
  readonly progressed: (bytesSent: number) => void;
}

/** `fetch` does not tell how far an upload has come. */
function put(url: string, file: File, { stop, progressed }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (): void => reject(new Error(`The upload ended with ${request.status}.`));
    request.upload.addEventListener('progress', ({ loaded }) => progressed(loaded));
    request.addEventListener('load', () => (request.status >= 200 && request.status < 300 ? resolve() : fail()));
    request.addEventListener('error', fail);
    request.addEventListener('abort', fail);
    stop.addEventListener('abort', () => request.abort(), { once: true });
    request.open('PUT', url);
    request.send(file);
  });
}
