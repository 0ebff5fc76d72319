import { afterEach, beforeEach, expect, it } from 'vitest';
import { lookups } from '../../domain/schemas/agency-messages.js';
import { addWorkingDays, replyDue } from '../../agencies/business-time.js';
import { startAgencies } from './support.js';

let agencies: Awaited<ReturnType<typeof startAgencies>>;
beforeEach(async () => {
  agencies = await startAgencies({ daysOff: ['2026-03-05'] });
});
afterEach(() => agencies.stop());

const project = { project: 'Nhà máy', investor: 'Nhà đầu tư', country: 'NL', zone: 'SHTP', totalVnd: '115000000000' };

async function declare(key: string): Promise<string> {
  const { body } = await agencies.client.lookUp('declaration', project, key);
  return lookups.declaration.answer.parse(body).declarationId;
}

it('lets a declaration of 2 March be lodged on its tenth working day, a day off not counted, and lapse on the next', async () => {
  const inTime = await declare('in time');
  const late = await declare('late');
  expect(late).not.toBe(inTime);
  const lodge = (declarationId: string, lodgedOn: string, key: string) =>
    agencies.client.lookUp('lodging', { declarationId, lodgedOn }, key);
  expect((await lodge(inTime, '2026-03-17', 'a')).body).toMatchObject({ status: 'lodged' });
  expect((await lodge(late, '2026-03-18', 'b')).body).toMatchObject({ status: 'lapsed' });
  expect((await lodge('KB-never', '2026-03-18', 'c')).body).toMatchObject({ status: 'unknown' });
  expect(
    (await agencies.client.lookUp('project-number', { declarationId: inTime, decisionNumber: '1' }, 'd')).status,
  ).toBe(200);
  const refused = await agencies.client.lookUp('project-number', { declarationId: late, decisionNumber: '1' }, 'e');
  expect(refused).toMatchObject({ status: 409, body: { code: 'PRECONDITION_FAILED' } });
  const unknown = await agencies.client.lookUp(
    'project-number',
    { declarationId: 'KB-never', decisionNumber: '1' },
    'f',
  );
  expect(unknown).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

it('opens a capital account, and shows the project, only after the project got its number', async () => {
  const before = await agencies.client.lookUp('capital-account', { name: 'A', projectNumber: '1234567890' }, 'before');
  expect(before.body).toMatchObject({ opened: false });
  const issued = await agencies.client.lookUp('project-number', { declarationId: null, decisionNumber: '1' });
  const { projectNumber } = lookups['project-number'].answer.parse(issued.body);
  expect((await agencies.client.lookUp('capital-account', { name: 'A', projectNumber }, 'after')).body).toMatchObject({
    opened: true,
  });
  expect((await agencies.client.lookUp('project-record', { projectNumber })).body).toMatchObject({ found: true });
});

it('gives a company one number for registration and tax, and its name is taken from then on', async () => {
  const name = 'Công ty TNHH Thử Nghiệm';
  expect((await agencies.client.lookUp('name-check', { name }, 'free')).body).toMatchObject({
    available: true,
    takenBy: null,
  });
  const { body } = await agencies.client.lookUp('tax-code', { name, decisionNumber: null });
  const { enterpriseCode } = lookups['tax-code'].answer.parse(body);
  const same = name.normalize('NFD').toUpperCase();
  const taken = await agencies.client.lookUp('name-check', { name: ` ${same}  ` }, 'taken');
  expect(taken.body).toMatchObject({ available: false, takenBy: enterpriseCode });
  const registered = await agencies.client.lookUp('tax-registration', { enterpriseCode, name });
  expect(registered.body).toMatchObject({ enterpriseCode, registeredOn: '2026-03-02' });
});

it('does not know a foreign parent company', async () => {
  const record = (country: string) =>
    agencies.client.lookUp(
      'enterprise-record',
      { name: 'N.V.', country, registrationNumber: null },
      `record/${country}`,
    );
  expect((await record('NL')).body).toMatchObject({ found: false, enterpriseCode: null, status: null });
  expect((await record('VN')).body).toMatchObject({ found: true, status: 'active' });
});

it.each([
  ['079190000001', '1990-05-17', true],
  ['079204000001', '2004-05-17', true],
  ['079190000001', '1991-05-17', false],
  ['079204000001', '1904-05-17', false],
  ['999190000001', '1990-05-17', false],
])(
  'compares the citizen number %s with the date of birth %s: %s, and echoes nothing',
  async (identityNumber, dateOfBirth, verified) => {
    const { body } = await agencies.client.lookUp('identity-check', {
      identityNumber,
      fullName: 'Nguyễn Văn Thử',
      dateOfBirth,
    });
    expect(body).toMatchObject({ verified, assuranceLevel: verified ? 2 : 0 });
    expect(JSON.stringify(body)).not.toContain(identityNumber);
    const journal = await agencies.client.call('GET', '/identity/journal');
    expect(JSON.stringify(journal.body)).not.toContain(identityNumber);
  },
);

it('keeps what was sent in an outbox, and the states of a dossier, for whoever looks', async () => {
  const mail = {
    channel: 'mail',
    to: 'someone@example.vn',
    language: 'vi',
    subject: 'Thông báo',
    text: 'Nội dung',
  } as const;
  await agencies.client.lookUp('message', mail, 'mail/1');
  await agencies.client.lookUp('message', mail, 'mail/1');
  const outbox = await agencies.client.call('GET', '/message-gateway/outbox?caseCode=LX-260302-0001-A');
  expect(outbox.body).toEqual([expect.objectContaining({ ...mail, correlationId: 'mail/1' })]);
  expect((await agencies.client.call('GET', '/message-gateway/outbox?caseCode=other')).body).toEqual([]);

  for (const status of [1, 2]) {
    const update = { dossierCode: 'H29', status, occurredAt: '2026-03-02T02:00:00Z' };
    await agencies.client.lookUp('status-update', update, `status/${status}`);
  }
  const shown = await agencies.client.call('GET', '/public-service-portal/statuses?dossierCode=H29');
  expect(shown.body).toMatchObject([{ status: 1 }, { status: 2 }]);
});

it('adds working days over weekends and days off', () => {
  expect(addWorkingDays('2026-03-06', 1, [])).toBe('2026-03-09');
  expect(addWorkingDays('2026-03-06', 1, ['2026-03-09'])).toBe('2026-03-10');
  expect(addWorkingDays('2026-03-07', 0, [])).toBe('2026-03-07');
});

it.each([
  ['two working days end at 10:00', { workingDays: 2 }, '2026-03-10T03:00:00.000Z'],
  ['office hours stop at 17:00 and go on at 07:30', { workingHours: 2 }, '2026-03-09T01:30:00.000Z'],
  ['minutes are plain minutes', { minutes: 90 }, '2026-03-06T10:30:00.000Z'],
  ['parts add up, days first', { workingDays: 1, workingHours: 2, milliseconds: 5 }, '2026-03-09T06:30:00.005Z'],
])('counts a delay from Friday 6 March 16:00: %s', (_rule, after, expected) => {
  expect(replyDue('2026-03-06T09:00:00Z', after, [])).toBe(expected);
});
