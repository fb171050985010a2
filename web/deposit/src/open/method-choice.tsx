import type { Method, MethodOffer } from '../api/contract.ts';
import { useShell } from '../shell/shell.ts';
import { groupedMethods, type MethodGroup } from './methods.ts';

interface MethodChoiceProps {
  readonly chosen: Method | undefined;
  readonly onChoose: (method: Method) => void;
  readonly error: string | undefined;
}

/** Every way to pay, by kinds. */
export function MethodChoice({ chosen, onChoose, error }: MethodChoiceProps) {
  const { texts, session } = useShell();
  return (
    <fieldset class="field" aria-describedby="method-error" id="methods" tabIndex={-1}>
      <legend>{texts.open.method}</legend>
      <p id="method-error" class="error">
        {error}
      </p>
      {groupedMethods(session.methods).map(({ group, offers }) => (
        <div key={group} role="group" aria-labelledby={`group-${group}`} class="method-group">
          <h2 id={`group-${group}`}>{texts.groups[group]}</h2>
          <div class="methods">
            {offers.map((offer) => (
              <MethodOption key={offer.method} group={group} offer={offer} isChosen={offer.method === chosen} onChoose={onChoose} />
            ))}
          </div>
        </div>
      ))}
    </fieldset>
  );
}

interface MethodOptionProps {
  readonly group: MethodGroup;
  readonly offer: MethodOffer;
  readonly isChosen: boolean;
  readonly onChoose: (method: Method) => void;
}

function MethodOption({ group, offer, isChosen, onChoose }: MethodOptionProps) {
  const { texts } = useShell();
  const hint = offer.method === 'ewallet-ovo' ? texts.hints['ewallet-ovo'] : texts.hints[group];
  return (
    <label class="method">
      <input type="radio" name="method" value={offer.method} checked={isChosen} onChange={() => onChoose(offer.method)} />
      <span>
        <span class="method-name">{texts.methods[offer.method]}</span>
        <span class="quiet">{hint}</span>
      </span>
    </label>
  );
}
