import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Check } from './public/check.js';
import { LanguageProvider } from './words/language.js';

const place = document.getElementById('check');
if (place === null) throw new Error('This is not the page on which proofs are checked');
createRoot(place).render(
  <StrictMode>
    <LanguageProvider language={document.documentElement.lang === 'en' ? 'en' : 'vi'}>
      <Check keys={place.dataset['keys'] ?? ''} />
    </LanguageProvider>
  </StrictMode>,
);
