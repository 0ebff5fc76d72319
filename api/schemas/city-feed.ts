import { z } from 'zod';
import { Instant } from './common.js';

/** One event as CloudEvents 1.0 has it, without free text and without people. */
const CloudEvent = z
  .strictObject({
    specversion: z.literal('1.0'),
    id: z.string().describe('`{case}.{seq}`: the same in every repetition'),
    source: z.url().describe('The case'),
    type: z.string().describe('`vn.luong-xanh.` and the type of the event'),
    subject: z.string().describe('The part of the case that it happened in'),
    time: Instant.describe('Business time of what happened'),
    recordedtime: z.iso.datetime().describe('Real time at which the register wrote it'),
    datacontenttype: z.literal('application/json'),
    data: z.strictObject({
      case: z.string(),
      seq: z.int(),
      actor: z.strictObject({ kind: z.string(), agency: z.string().nullable() }),
      payload: z.unknown(),
    }),
  })
  .meta({ id: 'CloudEvent' });

export const CityFeedView = z
  .strictObject({
    items: z.array(CloudEvent).describe('In the one order of the feed'),
    next: z.string().describe('The cursor to go on from; the same again while nothing is new'),
    more: z.boolean().describe('There is more already'),
    asOf: z.iso.datetime().describe('Real time of the reading'),
    lagSeconds: z.number().describe('Age of the oldest event that cannot be given yet; 0: none waits'),
  })
  .meta({ id: 'CityFeed' });
