import { Chip, Stack } from '@mui/material';
import { useSession } from '../../shell/desk-context.ts';
import { ChoiceField, FilterBar, SearchField, TextFilter } from '../../shell/list/filter-bar.tsx';
import { activeFilters } from '../../shell/list/filters.ts';
import type { RecordList } from '../../shell/list/use-record-list.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { logTexts } from '../text.ts';
import { windows } from '../time-window.ts';
import { WindowFields } from '../window-fields.tsx';
import { useWho } from './pattern-history.tsx';
import { type Pattern, patternFilters, patternFlags, patternLevels, patternStates } from './pattern-source.ts';
import { patternTexts } from './text.ts';

const lessUsed = ['exclude', 'service', 'level', 'state', 'flag', 'assignee', 'sort'] as const;

interface PatternFiltersProps {
  readonly list: RecordList<Pattern, typeof patternFilters>;
}

export function PatternFilters({ list }: PatternFiltersProps) {
  const text = useText(patternTexts);
  const { window } = useText(logTexts);
  const { values, filterBy } = list;
  return (
    <>
      <FilterBar
        isFiltered={list.isFiltered}
        clear={list.clear}
        more={{ fields: <LessUsed list={list} />, active: activeFilters(values, lessUsed), shown: list.shown }}
      >
        <SearchField label={text.include} hint={text.includeHint} value={values.text} onChange={(found) => filterBy({ text: found })} />
        <WindowFields values={values} onChange={filterBy} choices={windows} any={window.any} />
      </FilterBar>
      <Narrowed list={list} />
    </>
  );
}

function LessUsed({ list }: PatternFiltersProps) {
  const text = useText(patternTexts);
  const { values, filterBy } = list;
  return (
    <>
      <TextFilter label={text.exclude} hint={text.excludeHint} value={values.exclude} onChange={(exclude) => filterBy({ exclude })} />
      <TextFilter label={text.service} value={values.service} onChange={(service) => filterBy({ service })} />
      <Choices list={list} />
      <ChoiceField
        label={text.sort}
        value={values.sort}
        any={text.sorts['last-seen']}
        onChange={(sort) => filterBy({ sort })}
        choices={[{ value: 'count', label: text.sorts.count }]}
      />
    </>
  );
}

function Choices({ list: { values, filterBy, rows } }: PatternFiltersProps) {
  const text = useText(patternTexts);
  const oneself = useSession()?.staff.id;
  const who = useWho();
  const named = <Name extends string>(names: readonly Name[], labels: Readonly<Record<Name, string>>) =>
    names.map((name) => ({ value: name, label: labels[name] }));
  const namesThen = new Map(rows.flatMap(({ assignee, assigneeName }) => (assignee === null ? [] : [[assignee, assigneeName] as const])));
  // A link may name somebody who has nothing of what is shown.
  const people = [...new Set([oneself, ...namesThen.keys(), values.assignee])].filter((id) => id !== undefined);
  return (
    <>
      <ChoiceField
        label={text.level}
        value={values.level}
        onChange={(level) => filterBy({ level })}
        choices={named(patternLevels, text.levels)}
      />
      <ChoiceField
        label={text.state}
        value={values.state}
        onChange={(state) => filterBy({ state })}
        choices={named(patternStates, text.states)}
      />
      <ChoiceField
        label={text.flag}
        value={values.flag}
        onChange={(flag) => filterBy({ flag })}
        choices={named(patternFlags, text.flags)}
      />
      <ChoiceField
        label={text.assignee}
        value={values.assignee}
        any={text.anybody}
        onChange={(assignee) => filterBy({ assignee })}
        choices={people.map((id) => ({ value: id, label: id === oneself ? text.mine : who(id, namesThen.get(id)) }))}
      />
    </>
  );
}

/** Filters that only links set: shown, so that nobody wonders, and taken away by a click. */
function Narrowed({ list: { values, filterBy } }: PatternFiltersProps) {
  const text = useText(patternTexts);
  const format = useFormat();
  const narrowed = [
    ...(values.file === undefined ? [] : [{ label: text.inFile, clear: () => filterBy({ file: undefined }) }]),
    ...(values.firstFrom === undefined
      ? []
      : [{ label: text.firstFrom(format.moment(values.firstFrom)), clear: () => filterBy({ firstFrom: undefined }) }]),
  ];
  if (narrowed.length === 0) return null;
  return (
    <Stack direction="row" sx={{ px: 2, pb: 1.5, gap: 1, flexWrap: 'wrap' }}>
      {narrowed.map(({ label, clear }) => (
        <Chip key={label} label={label} onDelete={clear} onClick={clear} aria-label={text.anyway(label)} />
      ))}
    </Stack>
  );
}
