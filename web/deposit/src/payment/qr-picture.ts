import type { QrModules } from './qr-modules.ts';

/** Dots of the picture for each module: large enough to be scanned from a gallery. */
const dotsPerModule = 12;

/** Saves the code as a PNG, for apps that pay from a picture. */
export function savePicture({ size, isDark }: QrModules, fileName: string): void {
  const canvas = document.createElement('canvas');
  canvas.width = size * dotsPerModule;
  canvas.height = size * dotsPerModule;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000000';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (isDark(x, y)) context.fillRect(x * dotsPerModule, y * dotsPerModule, dotsPerModule, dotsPerModule);
    }
  }
  canvas.toBlob((picture) => picture && offer(picture, fileName));
}

function offer(picture: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(picture);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
