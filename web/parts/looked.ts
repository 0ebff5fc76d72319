/** One thing that the law of the moment says of a filing or a task, in words. */
export type Told = readonly [name: string, value: string];
/** A look at the law of the moment. */
export interface Looked {
  readonly told: readonly Told[];
  /** The day of filing from which dates are counted, where it tells any. */
  readonly day?: string;
}
/** What another look says otherwise; `isNextDay`: it counts from another day. */
export interface Change {
  readonly moved: readonly Moved[];
  readonly isNextDay: boolean;
}
interface Moved {
  readonly name: string;
  /** null: it was not said. */
  readonly before: string | null;
  readonly now: string | null;
}

/** What a look says otherwise than the one before. */
export const changeIn = (before: Looked, now: Looked): Change => ({
  moved: movedIn(before.told, now.told),
  isNextDay: before.day !== now.day,
});

/** What is said otherwise than before, by its name; a name that is said several times by all that is said of it. */
function movedIn(before: readonly Told[], now: readonly Told[]): Moved[] {
  const saidOf = (told: readonly Told[], name: string): string | null =>
    told
      .filter((one) => one[0] === name)
      .map(([, value]) => value)
      .join('; ') || null;
  const names = [...new Set([...now, ...before].map(([name]) => name))];
  return names
    .map((name) => ({ name, before: saidOf(before, name), now: saidOf(now, name) }))
    .filter((one) => one.before !== one.now);
}
