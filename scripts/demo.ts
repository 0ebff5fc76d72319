// `npm run demo`: the example projects through the HTTP API, by everybody who would act, on the rehearsal clock: silence, supplement, conflict and
// conference, an absence, an apology, a new calendar. Against the running instance where its
// clock is a rehearsal's (REHEARSAL=stepped npm start), else against one of its own, which is removed afterwards.
import { clientsAt, demonstrationCases, storyAt } from './demo/company.js';
import { findPlace } from './demo/place.js';
import { closing, report } from './demo/report.js';
import { scenes } from './demo/scenes.js';
import { civilTime, type Story } from './demo/story.js';

const started = performance.now();
const say = (line: string) => console.log(line);

const place = await findPlace(say);
try {
  const projects = demonstrationCases();
  const story: Story = storyAt(place, { scenes, say: (line) => say(`  [${civilTime(story.at)}] ${line}`) });
  await story.play(projects);
  const as = clientsAt(place);
  for (const project of projects) say(await report(project, as(project.investor)));
  say(await closing(projects, as));
  say(`\nXong sau · done in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
} finally {
  await place.stop();
}
