type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Drops what was not asked for, so that it is absent rather than undefined. */
export const given = <T extends object>(filter: T): Defined<T> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Defined<T>;
