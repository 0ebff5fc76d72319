import { useWords } from '../words/language.js';
import { countriesIn } from './countries.js';

/** The countries that an input offers (`list` names it). */
export function CountryList({ id }: { readonly id: string }) {
  const { language } = useWords();
  return (
    <datalist id={id}>
      {countriesIn(language).map(({ code, name }) => (
        <option key={code} value={name} />
      ))}
    </datalist>
  );
}
