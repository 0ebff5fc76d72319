import { expect, it } from 'vitest';
import { evidenceCodes } from '../../domain/lane/evidence.js';
import { classedCodes, classOfCode } from '../../domain/law/document-classes.js';
import { catalogueData } from '../../seeds/index.js';

const { procedures, regimes } = catalogueData();
const codes = new Set([
  ...procedures.flatMap(({ documents }) => documents.map(({ code }) => code)),
  ...regimes.flatMap(({ dossier }) => dossier.documents.map(({ code }) => code)),
  ...evidenceCodes,
]);

it('every document that a dossier, a trial or a test of the lane asks for has a class, and nothing else has', () => {
  expect([...codes].filter((code) => !classedCodes.includes(code))).toEqual([]);
  expect(classedCodes.filter((code) => !codes.has(code))).toEqual([]);
});

it('a document nobody has classed is read by as few as there are', () => {
  expect(classOfCode('something-new')).toBe('personal');
  expect(classOfCode('constructor')).toBe('personal');
});
