import { useState } from 'preact/hooks';
import type { Deposit } from '../api/contract.ts';
import { asProblem, type PayProblem } from '../api/problem.ts';
import { Modal } from '../shell/modal.tsx';
import { ProblemNotice } from '../shell/notice.tsx';
import { useShell } from '../shell/shell.ts';

interface CancelButtonProps {
  readonly deposit: Deposit;
  readonly onCancelled: (deposit: Deposit) => void;
  /** It was not open any more: something else has become of it. */
  readonly onTooLate: () => void;
}

/** Cancels after a second thought: a payment that comes all the same takes a person to sort out. */
export function CancelButton({ deposit, onCancelled, onTooLate }: CancelButtonProps) {
  const { api, texts } = useShell();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<PayProblem>();
  const cancel = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const answer = await api.cancel(deposit.id).catch(asProblem);
    setBusy(false);
    if (answer instanceof Error) {
      setProblem(answer);
      if (!answer.isUncertain) onTooLate();
      return;
    }
    setAsking(false);
    onCancelled(answer);
  };
  return (
    <>
      <button type="button" class="button button-plain" onClick={() => setAsking(true)}>
        {texts.pay.cancel}
      </button>
      <Modal title={texts.pay.cancelTitle} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>{texts.pay.cancelText}</p>
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <div class="buttons">
          <button type="button" class="button" onClick={() => setAsking(false)}>
            {texts.pay.cancelKeep}
          </button>
          <button type="button" class="button button-bad" disabled={isBusy} onClick={() => void cancel()}>
            {texts.pay.cancelYes}
          </button>
        </div>
      </Modal>
    </>
  );
}
