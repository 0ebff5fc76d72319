interface Waiting {
  readonly begin: () => void;
  readonly drop: () => void;
}

/** One thing after the other, the persons in turn: who brings a hundred waits for themselves. */
export interface Turns {
  /** Does it when it is this person's turn; undefined, and not begun, where they have too many waiting, or none came in time. */
  take<T>(person: string, work: () => Promise<T>): Promise<T | undefined>;
  /** Nothing that waits is begun any more. */
  close(): void;
}

interface TurnOptions {
  /** What one person may have waiting at once. */
  readonly perPerson: number;
  /** Longest wait for a turn, milliseconds; what then runs is not counted. */
  readonly waitMs: number;
}

export function createTurns({ perPerson, waitMs }: TurnOptions): Turns {
  /** By person, whose turn is next first. */
  const waiting = new Map<string, Waiting[]>();
  let busy = false;
  let closed = false;
  /** Whose turn it is, or was last. */
  let last: string | undefined;

  const next = (): void => {
    if (busy) return;
    const people = [...waiting.keys()];
    const person = people.find((one) => one !== last) ?? people[0];
    if (person === undefined) return;
    const [first, ...rest] = waiting.get(person) ?? [];
    waiting.delete(person);
    if (rest.length > 0) waiting.set(person, rest);
    last = person;
    first?.begin();
  };
  return {
    take: (person, work) =>
      new Promise((resolve, reject) => {
        const mine = waiting.get(person) ?? [];
        if (closed || mine.length >= perPerson) return resolve(undefined);
        const drop = (): void => {
          clearTimeout(late);
          const left = (waiting.get(person) ?? []).filter((one) => one !== entry);
          if (left.length > 0) waiting.set(person, left);
          else waiting.delete(person);
          resolve(undefined);
        };
        const late = setTimeout(() => drop(), waitMs);
        const begin = (): void => {
          clearTimeout(late);
          busy = true;
          work()
            .then(resolve, reject)
            .finally(() => {
              busy = false;
              next();
            });
        };
        const entry: Waiting = { begin, drop };
        waiting.set(person, [...mine, entry]);
        next();
      }),
    close() {
      closed = true;
      for (const one of [...waiting.values()].flat()) one.drop();
    },
  };
}
