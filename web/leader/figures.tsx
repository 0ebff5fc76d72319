import type { Measure, Part, Spread } from '../api/contract.js';
import { Tag, type Tone } from '../parts/parts.js';
import partsCss from '../parts/parts.module.css';
import { useWords, type Words } from '../words/language.js';
import css from './leader.module.css';
import type { Automation, Sandbox, Summary } from './search.js';

/** One figure with what it is set against and what it means. */
export interface Figure {
  readonly key: string;
  readonly name: string;
  readonly value: string;
  /** What the value counts, where the value does not say it. */
  readonly unit?: string;
  readonly state: { readonly text: string; readonly tone: Tone } | null;
  readonly notes: readonly string[];
  readonly meaning: Meaning;
}

export interface Meaning {
  readonly definition: string;
  readonly population: string;
}

/** How figures of the dashboards are written; what is not known is a dash, never a zero. */
export interface Writing {
  share(value: number | null): string;
  /** Working days, without their unit. */
  days(value: number | null): string;
  /** A share that is aimed at. */
  target(value: number): string;
  part(part: Part): string;
  /** Median, p90 and of how many. */
  spread(spread: Spread): string;
}

export function writingOf({ t, number, percent }: Words): Writing {
  const decimals = (value: number) => (Number.isInteger(value) ? 0 : 1);
  const days = (value: number | null) => (value === null ? '–' : number(value, decimals(value)));
  return {
    share: (value) => (value === null ? '–' : percent(value)),
    days,
    target: (value) => `${number(value * 100)}\u00a0%`,
    part: ({ count, n }) => t('boardPart', { count: number(count), n: number(n) }),
    spread: ({ median, p90, n }) =>
      n === 0 ? '–' : t('boardSpread', { median: days(median), p90: days(p90), n: number(n) }),
  };
}

/** What the catalogue says about each measure, in this language. */
export function meaningsOf({ say }: Words, items: readonly Measure[]) {
  const found = new Map(items.map((one) => [one.code, one]));
  return (code: string): Meaning & { readonly name: string } => {
    const measure = found.get(code);
    if (measure === undefined) throw new Error(`No measure ${code}`);
    return { name: say(measure.name), definition: say(measure.definition), population: say(measure.population) };
  };
}

/** The figures a leader looks at first, in one order everywhere. */
export function figuresOf(
  words: Words,
  given: {
    readonly summary: Summary;
    readonly automation: Automation;
    readonly sandbox: Sandbox;
    readonly measures: readonly Measure[];
  },
): readonly Figure[] {
  const { t, number, amount } = words;
  const { summary, automation, sandbox, measures } = given;
  const write = writingOf(words);
  const meaningOf = meaningsOf(words, measures);
  const { reduction, timeToLicense, satisfaction, fdi } = summary;
  const { overall, atLeast30 } = reduction.all;
  const noFigure = { text: t('boardNoFigure'), tone: 'plain' } as const;
  const reached = (): Figure['state'] => {
    if (overall === null) return noFigure;
    const least = { commitment: write.target(reduction.commitment), ambition: write.target(reduction.ambition) };
    if (overall >= reduction.ambition) return { text: t('boardAmbitionMet', least), tone: 'green' };
    if (overall >= reduction.commitment) return { text: t('boardCommitmentMet', least), tone: 'green' };
    return { text: t('boardCommitmentMissed', least), tone: 'red' };
  };
  const figure = (code: string, rest: Pick<Figure, 'value' | 'unit' | 'state' | 'notes'>): Figure => {
    const { name, ...meaning } = meaningOf(code);
    return { key: code, name, meaning, ...rest };
  };
  const target = { target: write.target(automation.processes.target) };
  return [
    figure('reduction', {
      value: write.share(overall),
      state: reached(),
      notes: [
        t('boardCases', { n: number(reduction.all.n) }),
        ...(reduction.all.n === 0 ? [] : [t('boardAtLeast30', { part: write.part(atLeast30) })]),
      ],
    }),
    figure('automationProcess', {
      value: write.share(automation.processes.share),
      state:
        automation.processes.met === null
          ? noFigure
          : automation.processes.met
            ? { text: t('boardTargetMet', target), tone: 'green' }
            : { text: t('boardTargetMissed', target), tone: 'red' },
      notes: [t('boardProcesses', { n: number(automation.processes.n) })],
    }),
    {
      ...figure('time', {
        value: write.days(timeToLicense.net.median),
        unit: t('boardWorkingDays'),
        state: timeToLicense.net.n === 0 ? noFigure : null,
        notes: [
          t('boardCases', { n: number(timeToLicense.net.n) }),
          ...(timeToLicense.net.n === 0 ? [] : [t('boardGross', { days: write.days(timeToLicense.gross.median) })]),
        ],
      }),
      name: t('boardTimeToLicense'),
    },
    figure('onTime', {
      value: write.share(summary.onTime.share),
      state: summary.onTime.share === null ? noFigure : null,
      notes: [
        t('boardOfProcedures', { part: write.part(summary.onTime) }),
        t('boardStrictly', { share: write.share(summary.onTimeStrict.share) }),
      ],
    }),
    figure('overdueNow', {
      value: number(summary.overdueNow),
      state:
        summary.overdueNow > 0
          ? { text: t('boardOverdueSome'), tone: 'red' }
          : { text: t('boardOverdueNone'), tone: 'green' },
      notes: [
        t('boardTargetsOpen', { risk: number(summary.targets.atRisk30), missed: number(summary.targets.missed30) }),
      ],
    }),
    figure('satisfaction', {
      value: satisfaction.mean === null ? '–' : number(satisfaction.mean, 1),
      unit: t('boardOfFive'),
      state: satisfaction.mean === null ? noFigure : null,
      notes: [t('boardAnswers', { part: write.part(satisfaction.responseRate) })],
    }),
    figure('fdi', {
      value: fdi.usd === null ? '–' : amount(fdi.usd),
      unit: 'USD',
      state: fdi.n === 0 ? noFigure : null,
      notes: [
        t('boardProjects', { n: number(fdi.n) }),
        ...(fdi.withoutUsd > 0 ? [t('boardWithoutDollars', { n: number(fdi.withoutUsd) })] : []),
      ],
    }),
    {
      key: 'sandbox',
      name: t('boardSandbox'),
      value: number(sandbox.now.running),
      unit: t('boardTrialsRunning'),
      state: null,
      notes: [
        t('boardSandboxFiled', { n: number(sandbox.indicator.dossiersFiled) }),
        t('boardSandboxAdmitted', { n: number(sandbox.indicator.enterprisesRegistered) }),
        t('boardSandboxTested', { n: number(sandbox.indicator.modelsTested) }),
      ],
      meaning: { definition: t('boardSandboxDefinition'), population: t('boardSandboxPopulation') },
    },
  ];
}

/** A name that opens what it means. */
export function Defined({ name, meaning }: { readonly name: string; readonly meaning: Meaning }) {
  return (
    <details className={css['defined']}>
      <summary>{name}</summary>
      <p>{meaning.definition}</p>
      <p className={partsCss['faint']}>{meaning.population}</p>
    </details>
  );
}

/** The figures as cards. `still`: nothing to open, for a screen without hands. */
export function Cards({ figures, still = false }: { readonly figures: readonly Figure[]; readonly still?: boolean }) {
  const { t } = useWords();
  return (
    <ul className={still ? `${css['cards']} ${css['still']}` : css['cards']}>
      {figures.map(({ key, name, value, unit, state, notes, meaning }) => (
        <li className={css['card']} key={key}>
          <h3>{name}</h3>
          <p className={css['value']}>
            {value} {unit !== undefined && <span className={css['unit']}>{unit}</span>}
          </p>
          {state !== null && (
            <p>
              <Tag tone={state.tone}>{state.text}</Tag>
            </p>
          )}
          {notes.map((note) => (
            <p className={css['note']} key={note}>
              {note}
            </p>
          ))}
          {!still && (
            <details className={css['defined']}>
              <summary>
                {t('boardHow')}
                <span className={css['unseen']}>: {name}</span>
              </summary>
              <p>{meaning.definition}</p>
              <p className={partsCss['faint']}>{meaning.population}</p>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
