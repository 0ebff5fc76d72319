import type { z } from 'zod';
import type { SimilarCase } from '../../db/read/similar-cases.js';
import type { Text } from '../../domain/law/agency.js';
import type { Catalogue } from '../../domain/law/catalogue.js';
import type { Overlap } from '../../domain/similar/overlap.js';
import type { SimilarCasesView } from '../schemas/similar.js';
import { nameOf } from './cuts.js';

export const similarCaseViews = (
  cases: readonly SimilarCase[],
  catalogue: Catalogue,
): z.input<typeof SimilarCasesView>['items'] =>
  cases.map((one) => ({
    ...one,
    overlap: one.overlap.map((each) => ({ ...each, name: overlapName(each, catalogue) })),
  }));

const overlapName = ({ on, value }: Overlap, catalogue: Catalogue): Text =>
  on === 'condition'
    ? (catalogue.settings.conditionSubjects.find(({ code }) => code === value)?.name ?? { vi: value, en: value })
    : nameOf(on, value, catalogue);
