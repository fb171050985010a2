import type { Ref, TargetedInputEvent } from 'preact';
import type { MethodOffer } from '../api/contract.ts';
import { caretBefore, digitsOf, digitsOfPasted, groupedDigits } from '../money/rupiah.ts';
import { useShell } from '../shell/shell.ts';
import { quickAmounts } from './methods.ts';

interface AmountFieldProps {
  readonly digits: string;
  readonly onChange: (digits: string) => void;
  /** The method that is chosen: its range is told. */
  readonly offer: MethodOffer | undefined;
  readonly error: string | undefined;
  readonly input: Ref<HTMLInputElement>;
}

/** An amount in rupiah: separators come as one types, and the usual ones are a tap away. */
export function AmountField({ digits, onChange, offer, error, input }: AmountFieldProps) {
  const { texts, language, rupiah, session } = useShell();
  const take = (event: TargetedInputEvent<HTMLInputElement>): void => {
    const field = event.currentTarget;
    const isTyped = event.data?.length === 1 || event.inputType.startsWith('delete');
    const digitsAfter = field.value.slice(field.selectionEnd ?? field.value.length).replaceAll(/\D/g, '').length;
    const next = isTyped ? digitsOf(field.value) : digitsOfPasted(field.value);
    // At once and not with the next drawing: a letter that changes nothing would stay, and the caret would jump.
    field.value = groupedDigits(next, language);
    const caret = caretBefore(field.value, digitsAfter);
    field.setSelectionRange(caret, caret);
    onChange(next);
  };
  const hint =
    offer === undefined
      ? texts.open.room(rupiah(session.roomRupiah))
      : texts.open.range(rupiah(offer.amountRupiahMin), rupiah(Math.min(offer.amountRupiahMax, session.roomRupiah)));
  return (
    <div class="field">
      <label for="amount">{texts.open.amount}</label>
      <div class={error === undefined ? 'amount-input' : 'amount-input amount-input-bad'}>
        <span aria-hidden="true">Rp</span>
        <input
          ref={input}
          id="amount"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          placeholder="0"
          value={groupedDigits(digits, language)}
          aria-invalid={error !== undefined}
          aria-describedby="amount-hint amount-error"
          onInput={take}
        />
      </div>
      <p id="amount-hint" class="quiet">
        {hint}
      </p>
      <p id="amount-error" class="error">
        {error}
      </p>
      <div class="quick" role="group" aria-label={texts.open.quick}>
        {quickAmounts(offer, session.roomRupiah).map((amount) => (
          <button key={amount} type="button" class="button button-small" onClick={() => onChange(String(amount))}>
            {rupiah(amount)}
          </button>
        ))}
      </div>
    </div>
  );
}
