import { describe, expect, it } from 'vitest';
import { holdsOnlySavedDates, holdsWhatLawSaves, holdsWholeTerms } from '../support/random-figures.js';

/** `RANDOM_SEED` chooses other projects. */
const seed = Number(process.env['RANDOM_SEED'] ?? 20_261_129);

describe(`figures of two thousand random projects (seed ${seed})`, () => {
  it('are exactly nothing where everybody takes the whole term on the standard pathway', () => {
    expect(holdsWholeTerms(2_000, seed)).toBeGreaterThan(1_900);
  });

  it('are exactly what the pathway saves by law on another one', () => {
    expect(holdsWhatLawSaves(2_000, seed)).toBeGreaterThan(1_900);
  });

  it('hold no reduction without a saved date, whatever else befalls', () => {
    expect(holdsOnlySavedDates(2_000, seed)).toBeGreaterThan(1_900);
  });
});
