import { Checkbox, FormControl, FormControlLabel, FormGroup, FormLabel, MenuItem, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { channelOf, draftOf, newDraft, type RuleDraft, ruleOf } from './rule-draft.ts';
import { alertKinds, type AlertRule, channelKinds } from './rule-source.ts';
import { alertTexts } from './text.ts';

/** The API's own limits. */
const nameCharactersMax = 100;
const filterCharactersMax = 200;
const urlCharactersMax = 2_000;

interface RuleDialogProps {
  /** Undefined for a new one. */
  readonly rule: AlertRule | undefined;
  /** Told the secret that a new webhook signs with, which is shown this once. */
  readonly saved: (secret: string | null) => void;
  readonly close: () => void;
}

/** Makes an alert rule, or changes one. */
export function RuleDialog({ rule, saved, close }: RuleDialogProps) {
  const api = useApi();
  const { form: text } = useText(alertTexts);
  const [draft, setDraft] = useState<RuleDraft>(rule === undefined ? newDraft : draftOf(rule));
  const change = (changed: Partial<RuleDraft>): void => setDraft((before) => ({ ...before, ...changed }));
  const wanted = ruleOf(draft);
  const channel = channelOf(draft);
  const save = async (): Promise<void> => {
    if (wanted === undefined || channel === undefined) return;
    if (rule === undefined && channel !== null) {
      const { secret } = await answer(api.POST('/api/admin/logs/alert-rules', { body: { ...wanted, isEnabled: true, channel } }));
      saved(secret);
    }
    if (rule !== undefined) {
      const params = { path: { ruleId: rule.id } };
      const body = { ...wanted, revision: rule.revision, ...(channel !== null && { channel }) };
      const { secret } = await answer(api.PATCH('/api/admin/logs/alert-rules/{ruleId}', { params, body }));
      saved(secret);
    }
  };
  return (
    <DecisionDialog
      title={rule === undefined ? text.makeTitle : text.editTitle(rule.name)}
      confirm={text.save}
      isReady={wanted !== undefined && channel !== undefined}
      decide={save}
      done={rule === undefined ? text.made : text.changed}
      close={close}
    >
      <Field label={text.name} value={draft.name} max={nameCharactersMax} onChange={(name) => change({ name })} isFirst />
      <KindFields draft={draft} change={change} />
      <FilterFields draft={draft} change={change} />
      <ChannelFields draft={draft} change={change} rule={rule} />
    </DecisionDialog>
  );
}

interface FieldsProps {
  readonly draft: RuleDraft;
  readonly change: (changed: Partial<RuleDraft>) => void;
}

function KindFields({ draft, change }: FieldsProps) {
  const { form: text, kinds } = useText(alertTexts);
  return (
    <>
      <FormControl component="fieldset">
        <FormLabel component="legend">{text.when}</FormLabel>
        <FormGroup>
          {alertKinds.map((kind) => (
            <FormControlLabel
              key={kind}
              label={kinds[kind]}
              control={
                <Checkbox
                  size="small"
                  checked={draft.kinds.has(kind)}
                  onChange={({ target }) =>
                    change({ kinds: new Set(alertKinds.filter((one) => (one === kind ? target.checked : draft.kinds.has(one)))) })
                  }
                />
              }
            />
          ))}
        </FormGroup>
      </FormControl>
      {draft.kinds.has('volume') ? (
        <TextField
          label={text.countPerHourMin}
          value={draft.countPerHourMin}
          required
          fullWidth
          onChange={({ target }) => change({ countPerHourMin: target.value.replaceAll(/\D/g, '').slice(0, 9) })}
          slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off' } }}
        />
      ) : null}
    </>
  );
}

function FilterFields({ draft, change }: FieldsProps) {
  const { form: text, filters, levels, any } = useText(alertTexts);
  return (
    <>
      <Typography color="textSecondary">{text.only}</Typography>
      <TextField
        select
        fullWidth
        label={filters.level}
        value={draft.level}
        onChange={({ target }) => change({ level: target.value as RuleDraft['level'] })}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value="">{any}</MenuItem>
        {(['error', 'fatal'] as const).map((level) => (
          <MenuItem key={level} value={level}>
            {levels[level]}
          </MenuItem>
        ))}
      </TextField>
      {(['service', 'text', 'filePrefix'] as const).map((name) => (
        <Field
          key={name}
          label={filters[name]}
          value={draft[name]}
          max={filterCharactersMax}
          onChange={(value) => change({ [name]: value })}
          isOptional
        />
      ))}
    </>
  );
}

function ChannelFields({ draft, change, rule }: FieldsProps & { readonly rule: AlertRule | undefined }) {
  const { form: text, channels } = useText(alertTexts);
  return (
    <>
      <TextField
        select
        fullWidth
        label={text.channel}
        value={draft.channel}
        onChange={({ target }) => change({ channel: target.value as RuleDraft['channel'] })}
      >
        {rule === undefined ? null : <MenuItem value="keep">{text.keepChannel(channels[rule.channel.kind])}</MenuItem>}
        {channelKinds.map((kind) => (
          <MenuItem key={kind} value={kind}>
            {channels[kind]}
          </MenuItem>
        ))}
      </TextField>
      {draft.channel === 'slack' || draft.channel === 'webhook' ? (
        <Field label={text.url} hint={text.urlHint} value={draft.url} max={urlCharactersMax} onChange={(url) => change({ url })} />
      ) : null}
      {draft.channel === 'email' ? (
        <Field label={text.to} hint={text.toHint} value={draft.to} max={urlCharactersMax} onChange={(to) => change({ to })} />
      ) : null}
      {draft.channel === 'sns' ? <Typography color="textSecondary">{text.sns}</Typography> : null}
    </>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly max: number;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly isFirst?: boolean;
  readonly isOptional?: boolean;
}

function Field({ label, value, max, onChange, hint, isFirst = false, isOptional = false }: FieldProps) {
  return (
    <TextField
      label={label}
      value={value}
      required={!isOptional}
      fullWidth
      margin="dense"
      autoFocus={isFirst}
      helperText={hint}
      onChange={({ target }) => onChange(target.value)}
      slotProps={{ htmlInput: { maxLength: max, autoComplete: 'off', spellCheck: false } }}
    />
  );
}
