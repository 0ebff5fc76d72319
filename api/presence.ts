/** Somebody who has something open. */
interface Looking {
  readonly id: string;
  readonly name: string;
  /** Real time, as an instant. */
  readonly since: string;
}

/** Longer than pages say it again. */
const forgottenMs = 45_000;

/** Who looks at what in this process, as pages say it again and again. */
export function createPresence() {
  const subjects = new Map<string, Map<string, { readonly one: Looking; seen: number }>>();
  return {
    /** Notes that this person looks at it, and answers who else does. `now` in milliseconds of real time. */
    look(subject: string, { id, name }: { readonly id: string; readonly name: string }, now: number): Looking[] {
      for (const [key, people] of subjects) {
        for (const [person, { seen }] of people) if (now - seen > forgottenMs) people.delete(person);
        if (people.size === 0) subjects.delete(key);
      }
      const people = subjects.get(subject) ?? new Map<string, { readonly one: Looking; seen: number }>();
      subjects.set(subject, people);
      const known = people.get(id);
      if (known) known.seen = now;
      else people.set(id, { one: { id, name, since: new Date(now).toISOString() }, seen: now });
      return [...people.values()].flatMap(({ one }) => (one.id === id ? [] : [one]));
    },
  };
}
