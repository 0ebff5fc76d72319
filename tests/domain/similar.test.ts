import { describe, expect, it } from 'vitest';
import { likest, overlapOf, type Shape } from '../../domain/similar/overlap.js';

const shape: Shape = {
  field: 'semiconductors',
  zone: 'SHTP',
  pathway: 'standard',
  lane: 'green',
  country: null,
  conditions: ['waste-water', 'noise-night', 'waste-water'],
};

describe('what two cases have in common', () => {
  it('is named thing by thing; what is unknown is no likeness, and a condition counts once', () => {
    expect(overlapOf(shape, { ...shape, zone: 'DTP', country: null, conditions: ['waste-water'] })).toEqual([
      { on: 'field', value: 'semiconductors' },
      { on: 'pathway', value: 'standard' },
      { on: 'lane', value: 'green' },
      { on: 'condition', value: 'waste-water' },
    ]);
    const nothing = { field: null, zone: null, pathway: null, lane: null, country: 'NL', conditions: [] };
    expect(overlapOf(shape, nothing)).toEqual([]);
    expect(overlapOf(nothing, { ...nothing, country: null })).toEqual([]);
  });

  it('puts the likest first, then the latest, and leaves out what has nothing in common', () => {
    const [one, two] = [
      [{ on: 'lane', value: 'green' }],
      [
        { on: 'lane', value: 'green' },
        { on: 'zone', value: 'SHTP' },
      ],
    ] as const;
    const cases = [
      { case: 'LX-3', decidedOn: '2026-07-01', overlap: one },
      { case: 'LX-4', decidedOn: '2026-07-03', overlap: [] },
      { case: 'LX-2', decidedOn: '2026-07-02', overlap: one },
      { case: 'LX-1', decidedOn: '2026-01-02', overlap: two },
      { case: 'LX-0', decidedOn: '2026-07-01', overlap: one },
    ];
    expect(likest(cases, 4).map(({ case: code }) => code)).toEqual(['LX-1', 'LX-2', 'LX-0', 'LX-3']);
    expect(likest(cases, 1)).toHaveLength(1);
  });
});
