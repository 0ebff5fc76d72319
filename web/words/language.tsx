import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Language, type Words, wordsOf } from './words.js';

export { bothOf, type Language, type Said, type Word, type Words, wordsOf } from './words.js';

const Context = createContext<Words>(wordsOf('vi'));

export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  const words = useMemo(() => wordsOf(language), [language]);
  return <Context value={words}>{children}</Context>;
}

export const useWords = (): Words => useContext(Context);
