import { type EventOf } from '../../domain/case/events.js';
import { dateOf } from '../../domain/time/instants.js';
import { type Body, paragraph, type Sheet } from '../sheet.js';
import { trialIdentity } from './admission.js';
import { citationsOf } from './supplement.js';

/** The certificate of a trial that was completed: what was tried, when, how it ended, and what it teaches about the law. */
export function certificateBody(sheet: Sheet): Body {
  const { say, pick, date } = sheet.tongue;
  sheet.event('completionCertified');
  const { trial, regime } = sheet.tried;
  const ended = ofTrial(sheet, 'trialEnded');
  const { from, until, extensions, extendedMonths, endedAt, transitionUntil } = trial;
  if (!ended || from === null || until === null || endedAt === null) {
    throw new Error(`${sheet.state.code} is certified and never ended`);
  }
  const ending = regime.endings.find(({ code }) => code === ended.payload.ending)?.name;
  const lessons = ofTrial(sheet, 'finalReportFiled')?.payload.lessons ?? [];
  const agency = sheet.agency(sheet.paper.agency);
  return {
    title: titleOf(sheet),
    before: [
      paragraph(
        say(
          `${agency} chứng nhận thử nghiệm sau đây đã hoàn thành:`,
          `${agency} certifies that the following trial was completed:`,
        ),
      ),
    ],
    values: {
      ...trialIdentity(sheet),
      decisionNumber: trial.decision ?? undefined,
      trialTerm: say(`từ ${date(from)} đến hết ${date(until)}`, `from ${date(from)} to the end of ${date(until)}`),
      extensions:
        extensions === 0
          ? undefined
          : say(
              `${extensions} lần, thêm ${extendedMonths} tháng`,
              `${extensions}, by ${extendedMonths} month${extendedMonths === 1 ? '' : 's'}`,
            ),
      ending: ending && pick(ending),
      endedOn: date(dateOf(endedAt)),
      transition:
        transitionUntil === null
          ? undefined
          : say(`đến hết ${date(transitionUntil)}`, `to the end of ${date(transitionUntil)}`),
      assessment: ended.payload.reason ? sheet.words(ended.payload.reason) : undefined,
      lessons: lessons.map(({ act, article, change }) => `${act}, ${article}: ${sheet.words(change)}`),
      legalBasis: citationsOf(sheet),
    },
    signers: [sheet.actor(ended)],
  };
}

/** The name that the regime gives it, without the number of a form whose layout nobody has read. */
function titleOf({ tried: { regime }, tongue: { pick, say } }: Sheet): string[] {
  const { document } = regime.certificate;
  const name = document
    ? pick(document).replace(/\s*\(.*$/, '')
    : say('Giấy chứng nhận hoàn thành thử nghiệm có kiểm soát', 'Certificate of completion of a controlled trial');
  return [name.toUpperCase()];
}

const ofTrial = <T extends 'trialEnded' | 'finalReportFiled'>({ file }: Sheet, type: T): EventOf<T> | undefined =>
  file.events.findLast((event): event is EventOf<T> => event.type === type);
