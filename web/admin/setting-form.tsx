import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { act, read } from '../api/call.js';
import type { CityData } from '../api/contract.js';
import { useAct } from '../app/act.js';
import { Failure, Loading } from '../app/states.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { decidingOf, DecisionFields, type Deciding } from './decision-fields.js';
import { Differences } from './differences.js';
import { blankOf, type Schema } from './json-schema.js';
import { placeName, SchemaField } from './schema-field.js';

type Code = keyof CityData['settings'];

const keptIn = (code: Code) => `kept setting ${code}`;
/** What was written into the form of a setting in this tab and not sent yet; undefined: nothing. */
function keptOf(code: Code): unknown {
  try {
    return (JSON.parse(sessionStorage.getItem(keptIn(code)) ?? '{}') as { value?: unknown }).value;
  } catch {
    return undefined;
  }
}

/** One setting of the City as a form made from its schema: written, looked at place by place, then proposed; another administrator confirms it. */
export function SettingForm(props: {
  readonly code: Code;
  readonly held: unknown;
  readonly today: string;
  readonly onDone: () => void;
}) {
  const { code, held, today, onDone } = props;
  const words = useWords();
  const { t } = words;
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const [value, setValue] = useState<unknown>(() => keptOf(code) ?? held);
  const [looked, setLooked] = useState<Deciding>();
  const found = useQuery({
    queryKey: ['setting-schema', code],
    queryFn: () => read('/city-data/settings/{code}/schema', { code }),
    staleTime: Infinity,
  });
  if (found.error !== null) return <Failure error={found.error} />;
  if (found.data === undefined) return <Loading />;
  const schema = found.data.schema as Schema;
  const write = (next: unknown) => {
    setValue(next);
    // What was looked at is not what stands there now.
    setLooked(undefined);
    sessionStorage.setItem(keptIn(code), JSON.stringify({ value: next }));
  };
  const look = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setLooked(decidingOf(new FormData(event.currentTarget)));
  };
  const propose = (deciding: Deciding) =>
    run(
      (key) => act('/city-data/settings/{code}/versions', { code }, { data: value, ...deciding }, key),
      () => {
        sessionStorage.removeItem(keptIn(code));
        onDone();
        void queries.invalidateQueries({ queryKey: ['law-changes'] });
      },
    );
  return (
    <form onSubmit={look}>
      {value === null || value === undefined ? (
        <button
          type="button"
          className={parts['secondary']}
          onClick={() => write(blankOf(schema.anyOf?.[0] ?? schema))}
        >
          {t('settingAdd')}
        </button>
      ) : (
        <SchemaField place={[code]} schema={schema} value={value} held={held ?? undefined} onChange={write} />
      )}
      <DecisionFields id={`setting-${code}`} today={today} />
      <button type="submit" className={parts['secondary']}>
        {t('lawLook')}
      </button>
      {looked !== undefined && (
        <>
          <Differences
            before={held ?? {}}
            after={value ?? {}}
            readable={{ placeName: (keys) => placeName([code, ...keys], words) }}
          />
          {failed !== undefined && <Failure error={failed} />}
          <button type="button" disabled={busy} onClick={() => propose(looked)}>
            {t(busy ? 'sending' : 'cityPropose')}
          </button>
        </>
      )}
    </form>
  );
}
