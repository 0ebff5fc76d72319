import css from './chart.module.css';

/** One bar of a chart. `value` null: there is nothing to measure, and no bar. */
export interface Bar {
  readonly key: string;
  readonly name: string;
  readonly value: number | null;
  /** The value as it is written beside the bar. */
  readonly text: string;
  /** A second value of the same scale, drawn as a tick. */
  readonly mark?: number | null;
}

interface Line {
  readonly value: number;
  readonly text: string;
}

/** Where a value stands between the ends of a scale, in per cent of its length. */
export function placeOn(scale: readonly [from: number, to: number], value: number): number {
  const [from, to] = scale;
  return Math.min(100, Math.max(0, ((value - from) / (to - from)) * 100));
}

/** The ends of a scale that holds all values and zero: whole steps beyond both. */
export function scaleOf(values: readonly (number | null)[], step: number, least = step): readonly [number, number] {
  const known = values.filter((one) => one !== null);
  const down = Math.floor(Math.min(0, ...known) / step) * step;
  const up = Math.ceil(Math.max(least, ...known) / step) * step;
  return [down, up];
}

const at = (place: number): string => `${place.toFixed(2)}%`;

/**
 * Bars on one scale, with lines across all of them. Names and values are text; a table follows wherever there is more to say.
 */
export function Bars(props: {
  readonly bars: readonly Bar[];
  readonly scale: readonly [from: number, to: number];
  readonly lines?: readonly Line[];
}) {
  const { bars, scale, lines = [] } = props;
  const zero = placeOn(scale, 0);
  return (
    <div className={css['bars']}>
      {lines.length > 0 && (
        <div className={css['row']}>
          <span />
          <svg className={css['axis']} width="100%" height="20" aria-hidden="true">
            {lines.map(({ value, text }) => (
              <text key={text} x={at(placeOn(scale, value))} y="14" textAnchor="middle">
                {text}
              </text>
            ))}
          </svg>
          <span />
        </div>
      )}
      {bars.map(({ key, name, value, text, mark }) => (
        <div className={css['row']} key={key}>
          <span className={css['name']}>{name}</span>
          <svg className={css['plot']} width="100%" height="24" aria-hidden="true">
            {value !== null && <Filled zero={zero} end={placeOn(scale, value)} />}
            {mark !== undefined && mark !== null && (
              <line className={css['mark']} {...upright(placeOn(scale, mark), 3, 21)} />
            )}
            <line className={css['zero']} {...upright(zero, 0, 24)} />
            {lines.map((line) => (
              <line key={line.text} className={css['line']} {...upright(placeOn(scale, line.value), 0, 24)} />
            ))}
          </svg>
          <span className={css['text']}>{text}</span>
        </div>
      ))}
    </div>
  );
}

function Filled({ zero, end }: { readonly zero: number; readonly end: number }) {
  const width = Math.abs(end - zero);
  return (
    <rect
      className={end < zero ? css['below'] : css['bar']}
      x={at(Math.min(zero, end))}
      y="5"
      width={at(width)}
      height="14"
    />
  );
}

const upright = (place: number, top: number, bottom: number) => ({
  x1: at(place),
  x2: at(place),
  y1: top,
  y2: bottom,
});

interface Piece {
  readonly key: string;
  readonly value: number;
  readonly look: 'strong' | 'half' | 'empty';
}

/** Parts of a whole beside each other, with a line where it should reach. A picture for the eye: the table that follows says the same. */
export function Whole({ pieces, line }: { readonly pieces: readonly Piece[]; readonly line?: Line }) {
  const all = pieces.reduce((sum, { value }) => sum + value, 0);
  const before = (index: number) => pieces.slice(0, index).reduce((sum, { value }) => sum + value, 0);
  return (
    <svg className={css['whole']} width="100%" height="52" aria-hidden="true">
      {all > 0 &&
        pieces.map(({ key, value, look }, index) => (
          <rect
            key={key}
            className={css[look]}
            x={at((before(index) / all) * 100)}
            y="20"
            width={at((value / all) * 100)}
            height="28"
          />
        ))}
      {line !== undefined && (
        <>
          <line className={css['line']} {...upright(line.value * 100, 18, 52)} />
          <text x={at(line.value * 100)} y="13" textAnchor="middle">
            {line.text}
          </text>
        </>
      )}
    </svg>
  );
}
