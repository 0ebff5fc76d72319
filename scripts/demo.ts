// `npm run demo`: both example projects through the HTTP API, by everybody who would act, on the rehearsal clock. Against the running instance where its
// clock is stepped (REHEARSAL=stepped npm start), else against one of its own, which is removed afterwards.
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { calendar, exampleProjects } from '../seeds/index.js';
import { people } from '../seeds/people.js';
import { ApiClient } from './demo/client.js';
import { report } from './demo/report.js';
import { Story, type Project } from './demo/story.js';
import { findRunning, type RunDetails } from './platform/instance.js';
import { removeDataDir } from './platform/postgres.js';
import { startSystem } from './platform/system.js';
import { requestToken } from './platform/tokens.js';

interface Place {
  readonly apiUrl: string;
  readonly dataDir: string;
  readonly details: Pick<RunDetails, 'issuer' | 'audience'>;
  stop(): Promise<void>;
}

const started = performance.now();
const say = (line: string) => console.log(line);

async function findPlace(): Promise<Place> {
  const dataDir = resolve(process.env['DATA_DIR'] || join(import.meta.dirname, '../.data'));
  const running = findRunning(dataDir);
  if (running?.ready) {
    const clock = (await (await fetch(`${running.apiUrl}/api/v1/rehearsal/clock`)).json()) as { mode: string };
    if (clock.mode === 'stepped') {
      say(`Trên hệ thống đang chạy · on the running instance ${running.apiUrl}`);
      return { apiUrl: running.apiUrl, dataDir, details: running.ready, stop: () => Promise.resolve() };
    }
    say(
      `${running.apiUrl} chạy theo giờ thật · runs on real time (REHEARSAL=stepped npm start): mở hệ thống riêng · starting one of our own`,
    );
  }
  const own = mkdtempSync(join(tmpdir(), 'luong-xanh-demo-'));
  // PostgreSQL runs under an account of its own and has to pass through.
  chmodSync(own, 0o711);
  const env = { ...process.env, REHEARSAL: 'stepped', REHEARSAL_START: '2026-07-06T09:00:00+07:00' };
  const system = await startSystem({ dataDir: own, port: 0, quiet: true, env, say });
  const stop = async () => {
    await system.stop();
    removeDataDir(own);
  };
  process.once('SIGINT', () => void stop().then(() => process.exit(130)));
  return { apiUrl: system.apiUrl, dataDir: own, details: { issuer: system.issuer, audience: system.audience }, stop };
}

const place = await findPlace();
try {
  const clients = new Map<string, ApiClient>();
  const as = (person: string): ApiClient => {
    const known = clients.get(person);
    if (known) return known;
    const token = () => requestToken(place.dataDir, place.details, person);
    const client = new ApiClient({ apiUrl: place.apiUrl, token });
    clients.set(person, client);
    return client;
  };
  const projects: Project[] = [
    { name: 'besi', filing: exampleProjects.besi, investor: 'investor.besi', code: '' },
    { name: 'cmc', filing: exampleProjects.cmc, investor: 'investor.cmc', code: '' },
  ];
  const involved = new Set([
    'hcmc-pasc',
    'hcmc-committee',
    'dof',
    'dost',
    'dae',
    'shtp-board',
    'land-registration',
    'city-tax',
    'doc',
    'dpa',
  ]);
  const officials = people.filter(({ agency, role }) => agency !== null && involved.has(agency) && role !== 'leader');
  let today = '';
  const story = new Story({
    projects,
    calendar: calendar('vn-state'),
    as,
    officials,
    say: (line) => say(`  [${today}] ${line}`),
  });
  const mark = async () => {
    const local = new Date(Date.parse(await story.now()) + 7 * 3_600_000).toISOString();
    today = `${local.slice(8, 10)}/${local.slice(5, 7)} ${local.slice(11, 16)}`;
  };
  await mark();
  await story.open();
  say(`Đã nộp · filed: ${projects.map((project) => `${project.name.toUpperCase()} ${project.code}`).join(', ')}`);
  while (!(await story.visit())) {
    await story.advance(await story.nextVisit());
    await mark();
  }
  for (const project of projects) say(await report(project, as(project.investor)));
  say(`\nXong sau · done in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
} finally {
  await place.stop();
}
