import type { ComponentType } from 'preact';
import type { Deposit, Instructions } from '../api/contract.ts';
import { CopyRow } from '../shell/copy-row.tsx';
import { useShell } from '../shell/shell.ts';
import { QrCode } from './qr-code.tsx';

interface HowToPayProps<Kind extends Instructions['kind'] = Instructions['kind']> {
  readonly deposit: Deposit;
  readonly instructions: Extract<Instructions, { readonly kind: Kind }>;
}

/** What to do, by the way of paying. */
export function HowToPay({ deposit, instructions }: HowToPayProps) {
  const Way = ways[instructions.kind] as ComponentType<HowToPayProps>;
  return <Way deposit={deposit} instructions={instructions} />;
}

function Qr({ deposit, instructions }: HowToPayProps<'qr'>) {
  const { texts } = useShell();
  return (
    <>
      <QrCode payload={instructions.qrPayload} amountRupiah={deposit.totalRupiah} depositId={deposit.id} />
      <Steps steps={texts.pay.qrSteps} />
    </>
  );
}

/** The picture is the gateway's, and this page loads nothing from elsewhere: it opens by itself. */
function QrImage({ instructions }: HowToPayProps<'qr-image'>) {
  const { texts } = useShell();
  return (
    <>
      <OutsideLink url={instructions.imageUrl} text={texts.pay.qrImage} isStrong />
      <Steps steps={texts.pay.qrSteps} />
    </>
  );
}

function VirtualAccount({ deposit, instructions: { bank, vaNumber } }: HowToPayProps<'virtual-account'>) {
  const { texts } = useShell();
  return (
    <>
      <CopyRow label={texts.pay.vaNumber} shown={inFours(vaNumber)} text={vaNumber} isStrong />
      <Total deposit={deposit} />
      <Steps steps={texts.pay.vaSteps(texts.banks[bank])} />
    </>
  );
}

function Bill({ deposit, instructions: { bank, billKey, billerCode } }: HowToPayProps<'bill'>) {
  const { texts } = useShell();
  return (
    <>
      <CopyRow label={texts.pay.billerCode} shown={billerCode} text={billerCode} isStrong />
      <CopyRow label={texts.pay.billKey} shown={inFours(billKey)} text={billKey} isStrong />
      <Total deposit={deposit} />
      <Steps steps={texts.pay.billSteps(texts.banks[bank])} />
    </>
  );
}

function Redirect({ deposit, instructions: { webUrl, deeplinkUrl, qrPayload } }: HowToPayProps<'redirect'>) {
  const { texts } = useShell();
  const name = texts.methods[deposit.method];
  return (
    <>
      {deeplinkUrl !== null && <OutsideLink url={deeplinkUrl} text={texts.pay.openApp(name)} isStrong />}
      {webUrl !== null && <OutsideLink url={webUrl} text={texts.pay.openWeb(name)} isStrong={deeplinkUrl === null} />}
      <p class="quiet">{texts.pay.redirectHint}</p>
      {qrPayload !== null && <QrCode payload={qrPayload} amountRupiah={deposit.totalRupiah} depositId={deposit.id} />}
    </>
  );
}

function Push({ deposit }: HowToPayProps<'push'>) {
  const { texts } = useShell();
  const name = texts.methods[deposit.method];
  return (
    <>
      <p class="notice">{texts.pay.push(name)}</p>
      <Steps steps={texts.pay.pushSteps(name)} />
    </>
  );
}

function BankTransfer({ deposit, instructions: { bank, accountNumber, accountName } }: HowToPayProps<'bank-transfer'>) {
  const { texts, rupiah } = useShell();
  return (
    <>
      <CopyRow
        label={texts.pay.exactAmount}
        shown={<Unmistakable amount={rupiah(deposit.totalRupiah)} />}
        text={String(deposit.totalRupiah)}
        isStrong
      />
      {deposit.uniqueCode !== null && (
        <p class="notice">
          {texts.pay.exactWhy(String(deposit.uniqueCode).padStart(3, '0'))} {texts.pay.credited}
        </p>
      )}
      <CopyRow label={`${texts.banks[bank]} · ${texts.pay.accountNumber}`} shown={inFours(accountNumber)} text={accountNumber} isStrong />
      <p>
        <span class="label">{texts.pay.accountName}</span> <strong>{accountName}</strong>
      </p>
    </>
  );
}

/** With the digits marked that tell this transfer from all others. */
function Unmistakable({ amount }: { readonly amount: string }) {
  return (
    <>
      {amount.slice(0, -3)}
      <mark>{amount.slice(-3)}</mark>
    </>
  );
}

function Total({ deposit }: { readonly deposit: Deposit }) {
  const { texts, rupiah } = useShell();
  return <CopyRow label={texts.pay.total} shown={rupiah(deposit.totalRupiah)} text={String(deposit.totalRupiah)} />;
}

function Steps({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

interface OutsideLinkProps {
  readonly url: string;
  readonly text: string;
  readonly isStrong: boolean;
}

/** To the gateway or into an app. An address with a script in it would be no address of theirs. */
function OutsideLink({ url, text, isStrong }: OutsideLinkProps) {
  if (/^(?:javascript|data|vbscript):/i.test(url.trim())) return null;
  // An app takes the place of the page by itself; a new tab would stay behind, empty.
  const target = url.startsWith('https:') ? { target: '_blank' } : {};
  return (
    <a href={url} rel="noopener noreferrer" class={isStrong ? 'button button-strong' : 'button'} {...target}>
      {text}
    </a>
  );
}

/** Long numbers are read and compared in fours. */
function inFours(digits: string): string {
  return digits.replaceAll(/(?<=^(?:\d{4})+)(?=\d)/g, ' ');
}

const ways: { readonly [Kind in Instructions['kind']]: ComponentType<HowToPayProps<Kind>> } = {
  qr: Qr,
  'qr-image': QrImage,
  'virtual-account': VirtualAccount,
  bill: Bill,
  redirect: Redirect,
  push: Push,
  'bank-transfer': BankTransfer,
};
