import { expect, it } from 'vitest';
import { seededLaw } from '../../support/memory-register.js';
import { execute } from '../../../domain/case/execute.js';
import { emptyCase } from '../../../domain/case/fold.js';
import { noticesOf } from '../../../domain/notices/notices.js';
import { at, person } from '../../support/memory-register.js';
import { openingOf } from '../../../domain/case/case/opening.js';
import { screen } from '../../../domain/lane/screening.js';
import { catalogue, exampleProjects } from '../../../seeds/index.js';
import { dateOf } from '../../../domain/time/instants.js';
import type { Law } from '../../../domain/law/law.js';

const now = at('2026-07-06 09:00');
function open(law: Law) {
  const filing = exampleProjects.besi;
  const screening = screen(filing, now, catalogue(), dateOf(now));
  const opening = openingOf({ filing, filingHash: 'h', screening, personId: 'investor.besi' });
  const envelope = {
    caseCode: 'LX-260706-0001A',
    command: { type: 'openCase', opening, managed: true },
    actor: person('investor.besi', 'investor'),
    occurredAt: now,
    operationId: 'o',
    bodyHash: 'b',
  } as const;
  return execute(() => emptyCase('LX-260706-0001A'), envelope, law, '');
}

it('an event carries what it tells, derived from the case right after it', () => {
  const { events, tellings, state } = open(seededLaw);
  const [event] = events;
  if (!event) throw new Error('nothing happened');
  expect(tellings).toEqual([
    { seq: 1, at: now, investor: 'investor.besi', notices: noticesOf(event, { ...state, seq: 1 }, seededLaw) },
  ]);
});

it('an act stands where what it tells cannot be derived; somebody is to derive it later', () => {
  const broken: Law = Object.create(seededLaw, {
    receivingAgency: {
      get: () => {
        throw new Error('a bug in what is told');
      },
    },
  }) as Law;
  const { events, tellings, refusal } = open(broken);
  expect(refusal).toBeNull();
  expect(events.map(({ type }) => type)).toContain('caseOpened');
  expect(tellings[0]).toEqual({ seq: 1, at: now, investor: 'investor.besi', notices: null });
});
