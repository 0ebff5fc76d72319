import { describe, expect, it } from 'vitest';
import { registerName } from '../../../domain/law/registers.js';
import { catalogueData } from '../../../seeds/index.js';

const held = catalogueData().procedures.flatMap(({ documents }) =>
  documents.flatMap(({ obtainableFrom }) => obtainableFrom ?? []),
);

describe('a register that holds documents of dossiers', () => {
  it.each([...new Set(held)].sort())('%s has a name in both languages', (code) => {
    const { vi, en } = registerName(code);
    expect([vi, en]).not.toContain(code);
    expect(vi).not.toBe(en);
  });

  it('nobody has named is called by its code', () => {
    expect(registerName('moon-register')).toEqual({ vi: 'moon-register', en: 'moon-register' });
  });
});
