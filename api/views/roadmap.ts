import { type z } from 'zod';
import { type RoadmapItem } from '../../domain/case/procedure/roadmap.js';
import { portalStatusOf } from '../schemas/portal-status.js';
import { type RoadmapView } from '../schemas/roadmap.js';

export const roadmapView = (items: readonly RoadmapItem[]): z.input<typeof RoadmapView>['items'] =>
  items.map(({ actual, ...item }) => {
    if (!actual) return { ...item, actual };
    const { portalStatus: code, ...rest } = actual;
    return { ...item, actual: { ...rest, status: portalStatusOf(code) } };
  });
