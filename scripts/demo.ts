// `npm run demo`: the example projects through the HTTP API, by everybody who would act, on the rehearsal clock: the gate by evidence, a register that contradicts,
// a correction, a drafted appraisal, a decision with its content and paper, silence, supplement, conference, absence, apology, a new calendar, and every figure by its definition. `npm run demo -- sandbox`: two trials from filing to certificate. `npm run demo -- trust`: a proof, tampering that is found, who looked. Against the running instance where its
// clock is a rehearsal's (REHEARSAL=stepped npm start), else against one of its own, which is removed afterwards.
import { clientsAt, demonstrationCases, storyAt } from './demo/company.js';
import { findPlace, type Place } from './demo/place.js';
import { figures } from './demo/figures.js';
import { closing, report } from './demo/report.js';
import { scenes } from './demo/scenes.js';
import { Stage } from './demo/stage.js';
import { playToTheEnd } from './demo/story-ends.js';
import { civilTime, type Story } from './demo/story.js';
import { trialClosing, trialReport } from './demo/trial-report.js';
import { TrialStory } from './demo/trial-story.js';
import { trialScripts } from './demo/trials.js';
import { trustStory } from './demo/trust-story.js';
import { publishYearsAhead } from './demo/working-calendar.js';

const say = (line: string) => console.log(line);

/** How many months of business time each may take: so far the calendar has to reach. */
const months = { 'green-lane': 8, sandbox: 22 } as const;

/** The green lane: two projects, and the second phase of one. */
async function greenLane(place: Place): Promise<boolean> {
  const projects = demonstrationCases();
  const story: Story = storyAt(place, { scenes, say: (line) => say(`  [${civilTime(story.at)}] ${line}`) });
  const as = clientsAt(place);
  const play = async () => {
    await publishYearsAhead(as, await story.look(), months['green-lane'], say);
    await story.play(projects);
    for (const project of projects) say(await report(project, as(project.investor)));
    say(await closing(projects, as));
    say(await figures(as('leader.hcmc-committee')));
  };
  return playToTheEnd(play, () => story.filedCases, as, say);
}

/** The sandbox: a drone and an AI trial beside each other, on one clock. */
async function sandbox(place: Place): Promise<boolean> {
  const as = clientsAt(place);
  const stage = new Stage(as, say);
  const stories = trialScripts.map((script) => new TrialStory(stage, script));
  const play = async () => {
    await publishYearsAhead(as, await stage.look(), months.sandbox, say);
    await stage.play(stories.map((story) => () => story.play()));
    for (const story of stories) say(await trialReport(as, story.caseCode));
    say(await trialClosing(as));
  };
  const opened = () =>
    stories.flatMap(({ caseCode, participant }) =>
      caseCode === '' ? [] : [{ case: caseCode, investor: participant }],
    );
  return playToTheEnd(play, opened, as, say);
}

/** What can be proved, and what shows. */
const trust = (place: Place): Promise<boolean> => trustStory(place, clientsAt(place), say);

const acts = { 'green-lane': greenLane, sandbox, trust } as const;
const [asked = 'green-lane', ...more] = process.argv.slice(2);
const isAct = (name: string): name is keyof typeof acts => Object.hasOwn(acts, name);
if (!isAct(asked) || more.length > 0) {
  process.stderr.write('npm run demo [-- green-lane | sandbox | trust]\n');
  process.exit(2);
}
const started = performance.now();
const place = await findPlace(say);
try {
  if (await acts[asked](place)) say(`\nXong sau · done in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  else process.exitCode = 1;
} finally {
  await place.stop();
}
