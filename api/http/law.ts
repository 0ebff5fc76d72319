import { type Request } from 'express';
import { type LawSource } from '../../db/law/live-law.js';
import { type LoadedLaw } from '../../db/law/law.js';

/** The law of a request: the newest when it is first asked for, and the same until it is answered, whatever is published meanwhile. */
export function lawPerRequest(law: LawSource): (request: Request) => LoadedLaw {
  const taken = new WeakMap<Request, LoadedLaw>();
  return (request) => {
    const one = taken.get(request) ?? law.current();
    taken.set(request, one);
    return one;
  };
}
