import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { buildCatalogue, type CatalogueData } from '../domain/law/catalogue.js';
import { read } from './api/call.js';
import { Trying } from './public/trying.js';
import type { DryRun } from './public/dry-run.js';
import { type Language, LanguageProvider } from './words/language.js';

const place = document.getElementById('dry-run');
if (place === null) throw new Error('This is not the verdict of a dry run');
const language: Language = document.documentElement.lang === 'en' ? 'en' : 'vi';
const run = {
  ...(JSON.parse(place.dataset['run'] ?? '{}') as Omit<DryRun, 'at' | 'missing'>),
  at: 'verdict',
  missing: false,
} as const;
const at = place.dataset['at'] ?? '';

// Until the law is here the page stays as it came: its form asks the server.
const [{ law }, fields, calendars] = await Promise.all([read('/screenings/law'), read('/fields'), read('/calendars')]);
const catalogue = buildCatalogue(law as CatalogueData);
createRoot(place).render(
  <StrictMode>
    <LanguageProvider language={language}>
      <Trying run={run} at={at} fields={fields} calendars={calendars} catalogue={catalogue} />
    </LanguageProvider>
  </StrictMode>,
);
