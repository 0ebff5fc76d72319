import { type ProjectFacts } from '../law/procedure.js';

/**
 * The number under which Viet Nam's register of enterprises knows the investor, as it was stated; null where it states none, or is of another country: a number
 * of its home is no Vietnamese registration, whatever it looks like.
 */
export function vietnameseRegistration(facts: ProjectFacts): string | null {
  const number = facts['investor.registrationNumber'];
  return facts['investor.country'] === 'VN' && typeof number === 'string' ? number : null;
}

const written = (number: string): string => number.replaceAll(/[^0-9A-Z]/g, '');

/** A number of a dependent unit (a branch, a representative office): it is no enterprise of its own, and whoever comes in its name does not speak for all of the enterprise. */
export const isOfDependentUnit = (country: string, number: string): boolean =>
  country === 'VN' && /^\d{13}$/.test(written(number));

/**
 * Which enterprise files, however its number is written and whoever of its people signs in: `VN/0312345678`, its country and number. A Vietnamese number
 * has ten digits, and three more where a dependent unit of the enterprise files: it is the same enterprise. Null where it states no number.
 */
export function enterpriseOf(facts: ProjectFacts): string | null {
  const { 'investor.country': country, 'investor.registrationNumber': stated } = facts;
  if (typeof country !== 'string' || typeof stated !== 'string') return null;
  const number = written(stated);
  return `${country}/${isOfDependentUnit(country, stated) ? number.slice(0, 10) : number}`;
}
