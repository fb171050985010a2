import { useMemo, useState } from 'preact/hooks';
import { Modal } from '../shell/modal.tsx';
import { useShell } from '../shell/shell.ts';
import { type QrModules, qrModules } from './qr-modules.ts';
import { savePicture } from './qr-picture.ts';

interface QrCodeProps {
  readonly payload: string;
  readonly amountRupiah: number;
  readonly depositId: string;
}

/** The code to scan: on the page, as large as the screen, and as a picture to keep. */
export function QrCode({ payload, amountRupiah, depositId }: QrCodeProps) {
  const { texts, rupiah } = useShell();
  const [isLarge, setLarge] = useState(false);
  const modules = useMemo(() => qrModules(payload), [payload]);
  const label = texts.pay.qr(rupiah(amountRupiah));
  return (
    <div class="qr">
      <QrDrawing modules={modules} label={label} />
      <div class="buttons">
        <button type="button" class="button" onClick={() => setLarge(true)}>
          {texts.pay.enlarge}
        </button>
        <button type="button" class="button" onClick={() => savePicture(modules, `${depositId}.png`)}>
          {texts.pay.download}
        </button>
      </div>
      <Modal title={rupiah(amountRupiah)} isOpen={isLarge} onClose={() => setLarge(false)}>
        <QrDrawing modules={modules} label={label} />
        <button type="button" class="button" onClick={() => setLarge(false)}>
          {texts.actions.close}
        </button>
      </Modal>
    </div>
  );
}

/** Dark on white whatever the scheme: scanners want it so. */
function QrDrawing({ modules, label }: { readonly modules: QrModules; readonly label: string }) {
  return (
    <svg class="qr-code" viewBox={`0 0 ${modules.size} ${modules.size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={modules.size} height={modules.size} fill="#ffffff" />
      <path d={modules.path} fill="#000000" />
    </svg>
  );
}
