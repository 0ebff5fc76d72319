import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicationPaths } from '../../api/pages/router.js';
import { createStandIns } from '../../api/stand-ins.js';
import { openReport } from '../../db/leadership/reports.js';
import { createNotifier } from '../../db/outbound/notices.js';
import { noteSecurity } from '../../db/people/security.js';
import { createPool } from '../../db/pool.js';
import { exampleProjects, people } from '../../seeds/index.js';
import { startAgencies, token } from '../agencies/support.js';
import { AdmissionByHand, evaluator, experts, secretary } from '../api/admission-by-hand.js';
import { issueCertificate, openAssessment } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, type Receipt } from '../api/support.js';
import { register, standing, standStill } from '../api/trial-by-hand.js';
import { openBrowser, visit } from '../support/chromium.js';
import { decidedRow, writeDecided } from '../support/decided-rows.js';
import { feedSettled, projected } from '../support/feed.js';
import { visitAs } from '../support/signed-in.js';
import { faultsAt, restOf } from '../support/walk.js';

// Every page that somebody can come to, found by the links before their eyes; what no link leads to is named below.
const long = (text: string, length: number): string => {
  const words = Array.from({ length }, () => text).join(' ');
  return words.slice(0, length).trim();
};
const longProject = long('Nghiên cứu, phát triển và sản xuất thiết bị đóng gói chíp bán dẫn tiên tiến thế hệ mới', 300);
const longInvestor = long('Công ty trách nhiệm hữu hạn một thành viên Kỹ nghệ Nghiêng Ngưỡng Quyễn', 300);
const longPerson = 'Nguyễn Phước Công Tằng Tôn Nữ Thị Huyền Trân Nghiễm Quỳnh Thượng';

let site: TestSite;
let browser: Browser;
let agencies: Awaited<ReturnType<typeof startAgencies>>;
/** Addresses of a role beside those that its links lead to. */
const extras: Record<string, string[]> = {};
/** What was come to, by the path it is served under. */
const seen = new Set<string>();

const publicPaths = [
  ...readFileSync(join(import.meta.dirname, '../../api/pages/router.ts'), 'utf8').matchAll(
    /\b(?:page|open\.get|router\.get)\(\s*'(\/[^']*)'/g,
  ),
].map(([, path = '']) => path);
/** No pages: an act, and a file for programs. */
const noPages = ['/language', '/verify-proof.mjs'];
const everyPath = [...publicPaths.filter((path) => !noPages.includes(path)), ...applicationPaths];

/** What a path of the site is served under; a name goes before a place that takes any name. */
function servedUnder(path: string): string | undefined {
  const fits = (pattern: string) =>
    new RegExp(`^${pattern.replace(/:[^/]+/g, '[^/]+')}$`).test(path.split(/[?#]/)[0] ?? '');
  return everyPath.filter(fits).sort((a, b) => a.split(':').length - b.split(':').length)[0];
}

beforeAll(async () => {
  agencies = await startAgencies();
  const standIns = createStandIns({ baseUrl: agencies.client.url, token });
  [site, browser] = await Promise.all([startSite(() => ({ standIns })), openBrowser()]);
  const { api } = site;
  const { pool, deps } = api;
  await standStill(api);
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  await owner.query(`update person set name = $1 where agency is not null`, [longPerson]);
  const example = exampleProjects.besi;
  const body = {
    ...example,
    investor: { ...example.investor, name: longInvestor },
    project: { ...example.project, name: { vi: longProject, en: longProject } },
  };
  const filed = await api.call<Receipt>('POST', '/cases', { as: 'investor.besi', body });
  expect(filed.status).toBe(201);
  const { case: code } = filed.body;
  await openAssessment(api, code);
  const number = await issueCertificate(api, (await fileCase(api, 'besi', 'investor.besi', 'D2-lot-7')).case);
  const running = await register(api, standing.running());
  const admission = await AdmissionByHand.appraised(api);
  const taskId = await admission.evaluated();
  const members = experts.map((person, n) => ({ person, role: n === 0 ? 'chair' : 'member' }));
  await admission.does('council', secretary, { taskId, members, meetsAt: '2026-11-18T09:00:00+07:00' });
  const late = { ...decidedRow, onTime: false, agency: 'dost' };
  await writeDecided(owner, [...Array.from({ length: 5 }, () => decidedRow), late], 100);
  await projected(deps);
  const report = 'quarter-2-2026-06-30';
  await owner.query(`update case_fact set opened_on = '2026-06-01'`);
  await owner.query(
    `insert into agency_fact (case_code, n, lane, pathway, kind, agency, "on", result)
     select $1, 900 + i, 'green', 'standard', 'opinion', case when i < 3 then 'dost' else 'doc' end, '2026-06-10', case when i < 2 then 'in-time' else 'late' end
     from generate_series(0, 3) i`,
    [code],
  );
  await openReport(pool, deps.law.current().law, report, '2026-07-01T02:00:00.000Z');
  await noteSecurity(pool, [{ kind: 'access-refused', account: evaluator, subject: '', caller: '', times: 120 }]);
  await feedSettled(api);
  const notifier = createNotifier({ pool, law: deps.law });
  while ((await notifier.runOnce()) > 0);
  await owner.end();
  Object.assign(extras, {
    '': [`/decisions/${number}`],
    'investor.besi': [`/cases/${code}`, `/cases/${running.code}/trial`],
    'investor.drone': ['/projects/new?kind=sandbox'],
    'officer.shtp-board.1': [`/cases/${code}/conference/irc-ordinary`],
    'leader.hcmc-committee': [`/cases/${code}`, `/cases/${running.code}/trial`],
    'admin.1': [
      'procedures/irc-ordinary',
      'pathways/standard',
      'regimes/hcmc-general',
      'agencies/dof',
      'agencies/new',
    ].map((one) => `/admin/law/${one}`),
  } satisfies typeof extras);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
  await agencies.stop();
});

/** What has the same parts for everybody. */
const alike = ['/notices', '/delegations'];
/** Nobody is a visitor who does not sign in. */
const walkers = [
  '',
  'investor.besi',
  'investor.drone',
  'representative.besi',
  'receiving-officer.hcmc-pasc.1',
  'officer.shtp-board.1',
  secretary,
  experts[0],
  'head.shtp-board',
  'leader.hcmc-committee',
  'auditor.1',
  'admin.1',
  'operator.1',
];

it('somebody of every role walks', () => {
  const roles = walkers.flatMap((walker) => people.find(({ id }) => id === walker)?.role ?? []);
  expect(new Set(roles)).toEqual(new Set(people.map(({ role }) => role)));
});

it.each(walkers)(
  'shows every page without a fault: %s',
  async (person) => {
    const visitor = person === '';
    const mine = (place: string) => applicationPaths.includes(place) !== visitor;
    const { page, faults } = await (visitor ? visit(browser, site.base, []) : visitAs(browser, site, person, '/start'));
    const walker = { page, faults, base: site.base, rest: restOf(page) };
    const named = extras[person] ?? [];
    const toGo = [visitor ? '/' : '/start', ...named];
    const been = new Set<string>();
    const found: Record<string, string[]> = {};
    for (let path = toGo.shift(); path !== undefined; path = toGo.shift()) {
      const place = servedUnder(path);
      // Whoever is signed in sees the public's pages as the public does.
      if (place === undefined || !mine(place) || (been.has(place) && !named.includes(path))) continue;
      const again = seen.has(place);
      if (again && alike.includes(place)) continue;
      const wrong = await faultsAt(walker, path, !again);
      if (wrong.length > 0) found[path] = wrong;
      been.add(place);
      seen.add(place);
      toGo.push(
        ...(await page.evaluate<string[]>(
          `[...document.querySelectorAll('a[href^="/"]')].map((link) => link.getAttribute('href'))`,
        )),
      );
    }
    if (visitor) expect(await page.evaluate(`document.fonts.check('16px "Be Vietnam Pro"', 'ỡ')`)).toBe(true);
    expect(found).toEqual({});
    await page.context().close();
  },
  240_000,
);

it('came to every page that there is', () => {
  expect(publicPaths.length).toBeGreaterThan(15);
  expect(everyPath.filter((path) => !seen.has(path))).toEqual([]);
});
