/** A value in a sentence of that language: a whole number may be a year, which is not grouped. */
export const inWords = (value: string | number, language: 'vi' | 'en'): string =>
  typeof value === 'number' && !Number.isInteger(value) && language === 'vi'
    ? String(value).replace('.', ',')
    : String(value);
