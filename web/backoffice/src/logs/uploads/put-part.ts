interface Sending {
  readonly stop: AbortSignal;
  readonly progressed: (bytesSent: number) => void;
}

export type PutPart = (url: string, part: Blob, sending: Sending) => Promise<void>;

/** Straight to the bucket. `fetch` does not tell how far an upload has come. */
export const putPart: PutPart = (url, part, { stop, progressed }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (): void => reject(new Error(`The upload ended with ${request.status}.`));
    request.upload.addEventListener('progress', ({ loaded }) => progressed(loaded));
    request.addEventListener('load', () => (request.status >= 200 && request.status < 300 ? resolve() : fail()));
    request.addEventListener('error', fail);
    request.addEventListener('abort', fail);
    stop.addEventListener('abort', () => request.abort(), { once: true });
    request.open('PUT', url);
    request.send(part);
  });
