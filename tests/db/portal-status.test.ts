import { expect, it } from 'vitest';
import { portalStatus } from '../../domain/case/case/portal-status.js';
import { OneTrial } from '../support/one-trial.js';

it('tells of the admission of a trial as of any procedure: in process, then returned', () => {
  const one = new OneTrial('2026-07-06 09:00').appraise();
  const seen = [portalStatus(one.admission)];
  one.evaluate().deliberate();
  seen.push(portalStatus(one.admission));
  one.decide();
  seen.push(portalStatus(one.admission));
  one.engine({ type: 'admitTrial' });
  seen.push(portalStatus(one.admission));
  expect(seen).toEqual([4, 4, 10, 10]);
  const refused = new OneTrial('2026-07-06 09:00').appraise().evaluate().deliberate().decide('refuse', 'too early');
  expect(portalStatus(refused.admission)).toBe(10);
});
