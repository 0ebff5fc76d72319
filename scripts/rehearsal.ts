// `npm run rehearsal [-- --months 3 --minutes 2 --filings 3]`: a quarter of a year of business time ticks by in about two minutes, for training, while
// both example projects are filed again and again and everybody acts as in the demo. On the running instance where its clock is a rehearsal's, with
// whatever cases the trainees have there; else on one of its own, which is removed afterwards.
import { setTimeout as sleep } from 'node:timers/promises';
import { clientsAt, exampleCases, storyAt } from './demo/company.js';
import { findPlace } from './demo/place.js';
import { BadArguments, pauseBefore, rehearsalPlan, rehearsalTimes, type RehearsalPlan } from './demo/rehearsal-plan.js';
import { summary } from './demo/report.js';
import { type ApiClient } from './demo/client.js';
import { playToTheEnd } from './demo/story-ends.js';
import { civilTime, type Project, type Story } from './demo/story.js';
import { publishYearsAhead } from './demo/working-calendar.js';

const say = (line: string) => console.log(line);

function readPlan(): RehearsalPlan {
  try {
    return rehearsalPlan(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof BadArguments)) throw error;
    console.error(`${error.message}\nnpm run rehearsal -- [--months 1..12] [--minutes 0..240] [--filings 0..12]`);
    process.exit(2);
  }
}

const plan = readPlan();
const place = await findPlace(say);
try {
  const story = storyAt(place);
  const as = clientsAt(place);
  const whole = await playToTheEnd(
    () => rehearse(story, as),
    () => story.filedCases,
    as,
    say,
  );
  if (!whole) process.exitCode = 1;
} finally {
  await place.stop();
}

async function rehearse(story: Story, as: (person: string) => ApiClient): Promise<void> {
  const started = performance.now();
  const begins = await story.look();
  // What is filed last runs on after the end.
  await publishYearsAhead(as, begins, plan.months + 8, say);
  const { end, filings } = rehearsalTimes(plan, begins);
  say(
    `Diễn tập · rehearsal: ${civilTime(begins)} → ${civilTime(end)}, ${plan.minutes} phút · min, ${filings.length} × 2 hồ sơ · cases`,
  );
  let filed = 0;
  let week = '';
  let known: Project[] = [];
  const progress = async () => {
    const over = known.filter((project) => !story.openProjects.includes(project));
    known = known.filter((project) => !over.includes(project));
    for (const project of over) say(`  [${civilTime(story.at)}] ${await summary(project, as(project.investor))}`);
    // One line a week, and one at the end.
    const monday = Math.floor((Date.parse(story.at) / 86_400_000 - 4) / 7).toString();
    if (monday === week && story.at < end) return;
    week = monday;
    const done = Math.round(
      (100 * (Date.parse(story.at) - Date.parse(begins))) / (Date.parse(end) - Date.parse(begins)),
    );
    say(
      `  [${civilTime(story.at)}] ${String(done).padStart(3)} % · đang giải quyết · open ${known.length} · đã nộp · filed ${2 * filed} · lượt xử lý · acts ${story.actsSoFar}`,
    );
  };

  while (story.at < end) {
    if (filed < filings.length && story.at >= (filings[filed] ?? end)) {
      const projects = exampleCases();
      await story.file(projects);
      known.push(...projects);
      filed += 1;
    }
    await story.visit();
    await progress();
    const next = story.nextVisit() < end ? story.nextVisit() : end;
    await sleep(pauseBefore(plan, begins, end, next, performance.now() - started));
    await story.advance(next);
  }
  await story.visit();
  await progress();
  say(`Xong sau · done in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
}
