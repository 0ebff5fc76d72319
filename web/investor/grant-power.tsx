import { useState } from 'react';
import { partyActGroups, partyActNames } from '../../domain/people/party-acts.js';
import { act } from '../api/call.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { useKeptForm } from '../app/kept-form.js';
import { useToday } from '../app/session.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

/** The form in which an investor lets somebody act: who, how long, where, what. Nothing is chosen beforehand. */
export function GrantPower(props: {
  readonly procedures: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
  }[];
  readonly onDone: () => void;
}) {
  const { procedures, onDone } = props;
  const { t, say } = useWords();
  const today = useToday();
  const [where, choose] = useState(useKeptForm('power').kept('scope'));
  const limited = where === 'some';
  const offered = partyActGroups
    .map(({ name, acts }) => ({ name, acts: acts.filter(({ procedure }) => procedure || !limited) }))
    .filter(({ acts }) => acts.length > 0);
  const chosen = (form: FormData, kind: 'act' | 'procedure') =>
    [...form.keys()].flatMap((name) => (name.startsWith(`${kind}-`) ? [name.slice(kind.length + 1)] : []));
  const send = (form: FormData, key: string) => {
    const acts = offered
      .flatMap((group) => group.acts.map((one) => one.act))
      .filter((one) => chosen(form, 'act').includes(one));
    const named = chosen(form, 'procedure');
    return act(
      '/powers-of-attorney',
      {},
      {
        representative: textOf(form, 'representative'),
        acts,
        procedures: limited ? named : null,
        from: textOf(form, 'from'),
        to: textOf(form, 'to'),
      },
      key,
    );
  };
  const done = () => {
    choose(undefined);
    onDone();
  };
  const names = {
    representative: t('powerAccount'),
    from: t('powerFrom'),
    to: t('powerTo'),
    procedures: t('powerProcedures'),
    acts: t('powerMay'),
  };
  const scope = (value: 'all' | 'some') => (
    <label className={parts['choice']}>
      <input
        type="radio"
        name="scope"
        value={value}
        required
        checked={where === value}
        onChange={() => choose(value)}
      />
      {t(value === 'all' ? 'powerScopeAll' : 'powerScopeSome')}
    </label>
  );
  const tick = (name: string, label: string) => (
    <label className={parts['choice']} key={name}>
      <input type="checkbox" name={name} />
      {label}
    </label>
  );
  return (
    <section>
      <h2>{t('powerNew')}</h2>
      <p>{t('powerNewLead')}</p>
      <ActForm keptAs="power" again button={t('powerGrant')} onDone={done} send={send} names={names}>
        <div className={parts['field']}>
          <label htmlFor="representative">{t('powerAccount')}</label>
          <p className={parts['help']} id="representative-help">
            {t('powerAccountHelp')}
          </p>
          <input
            id="representative"
            name="representative"
            required
            maxLength={100}
            autoComplete="off"
            aria-describedby="representative-help"
          />
        </div>
        <div className={parts['field']}>
          <label htmlFor="from">{t('powerFrom')}</label>
          <input id="from" name="from" type="date" required defaultValue={today} key={today} />
        </div>
        <div className={parts['field']}>
          <label htmlFor="to">{t('powerTo')}</label>
          <input id="to" name="to" type="date" required min={today} />
        </div>
        <fieldset>
          <legend>{t('powerScope')}</legend>
          {scope('all')}
          {scope('some')}
        </fieldset>
        {limited && (
          <fieldset>
            <legend>{t('powerProcedures')}</legend>
            {procedures.map(({ code, name }) => tick(`procedure-${code}`, say(name)))}
          </fieldset>
        )}
        <h3>{t('powerMay')}</h3>
        {offered.map(({ name, acts }) => (
          <fieldset key={name.en}>
            <legend>{say(name)}</legend>
            {acts.map((one) => tick(`act-${one.act}`, say(partyActNames[one.act])))}
          </fieldset>
        ))}
      </ActForm>
    </section>
  );
}
