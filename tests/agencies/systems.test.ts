import { afterEach, beforeEach, expect, it } from 'vitest';
import { DossierReport, lookups } from '../../domain/schemas/agency-messages.js';
import { addWorkingDays, replyDue } from '../../agencies/business-time.js';
import { Receiver, startAgencies } from './support.js';

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

it('gives a number to a project that was declared, and to one that needs no declaration', async () => {
  const declarationId = await declare('declared');
  const number = (declared: string | null, key: string) =>
    agencies.client.lookUp('project-number', { declarationId: declared, decisionNumber: '1' }, key);
  expect((await number(declarationId, 'a')).status).toBe(200);
  expect((await number(null, 'b')).status).toBe(200);
  expect(await number('KB-never', 'c')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
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
    const update = { dossier: 'case/X/irc-ordinary/1', dossierCode: 'H29', status, occurredAt: '2026-03-02T02:00:00Z' };
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

it('passes a question for a document on to its register, which says whom it is about and as of when', async () => {
  const subject = {
    register: 'national-land-database',
    document: 'location-right',
    purpose: { vi: 'Giải quyết thủ tục', en: 'Handling' },
    legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.4',
    consent: null,
    notOlderThan: null,
    about: { name: 'Công ty TNHH Thử Nghiệm', number: null, country: 'VN' },
    project: { name: 'Nhà máy', zone: 'SHTP' },
  };
  const { body } = await agencies.client.lookUp('register-document', subject, 'document');
  const answer = lookups['register-document'].answer.parse(body);
  expect(answer).toMatchObject({ held: true, about: { name: subject.about.name, number: null } });
  expect(answer.fields.map(({ code, value }) => [code, value]).slice(0, 2)).toEqual([
    ['project', 'Nhà máy'],
    ['zone', 'SHTP'],
  ]);
});

it('keeps the states that the City’s system was told, and sends on what happens at its counters', async () => {
  const receiver = await new Receiver().open();
  try {
    const dossier = 'case/X/irc-ordinary/1';
    for (const [n, status] of [1, 4].entries()) {
      const told = { dossier, dossierCode: null, status, occurredAt: `2026-03-02T0${n + 1}:00:00Z` };
      await agencies.client.lookUp('city-status-update', told, `city/${n}`);
    }
    const asked = { dossiers: [dossier, 'case/Y/irc-ordinary/1'] };
    expect((await agencies.client.lookUp('city-statuses-held', asked)).body).toMatchObject({
      held: [{ dossier, status: 4, occurredAt: '2026-03-02T02:00:00Z' }],
    });
    const report = {
      kind: 'papers-filed',
      dossierCode: 'H29',
      occurredAt: '2026-03-02T02:00:00Z',
      note: '',
      agency: 'hcmc-pasc',
      callbackUrl: receiver.url,
    };
    const post = () => agencies.client.call('POST', '/city-procedures/reports', report, { 'idempotency-key': 'r-1' });
    const [first, second] = [await post(), await post()];
    expect([first.status, second.body]).toEqual([202, first.body]);
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(DossierReport.parse(receiver.received[0]?.opinion)).toMatchObject({
      kind: 'papers-filed',
      dossierCode: 'H29',
    });
    expect((await agencies.client.call('POST', '/tax/reports', report, { 'idempotency-key': 'r-2' })).status).toBe(404);
  } finally {
    await receiver.close();
  }
});
