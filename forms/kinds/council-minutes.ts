import { type CouncilMember, type Vote } from '../../domain/case/trial/tally.js';
import { type Text } from '../../domain/law/agency.js';
import { settingsAt } from '../../domain/law/law.js';
import { type Meeting, meetingOf } from '../meeting.js';
import { type Body, paragraph, type Sheet } from '../sheet.js';
import { recommendationText, trialIdentity } from './admission.js';

/** Widths of the columns, as shares. */
const shares: Readonly<Record<string, number>> = { member: 30, office: 34, attendance: 18, vote: 18 };

/**
 * The minutes of a council, drafted from its events: who was there, who took no part, who voted how and why otherwise. A draft while it meets: it does not tell how
 * anybody voted.
 */
export function minutesBody(sheet: Sheet): Body {
  const { tongue, definition } = sheet;
  const { say, pick, moment } = tongue;
  const opened = sheet.event('councilOpened');
  const meeting = meetingOf(sheet.file.events, opened);
  const { convened, closed } = meeting;
  const { members, quorum, meetsAt } = convened.payload;
  const { present } = opened.payload;
  const recused = recusedIn(sheet, meeting);
  const absent = members.map(({ person }) => person).filter((one) => !present.includes(one));
  const voters = present.filter((one) => !recused.includes(one)).length;
  const names = (people: readonly string[]) => people.map((one) => sheet.name(one) ?? '');
  return {
    title: [
      say('BIÊN BẢN', 'MINUTES'),
      say('họp Hội đồng thẩm định thử nghiệm có kiểm soát', 'of the council on a controlled trial'),
    ],
    values: {
      ...trialIdentity(sheet),
      convenedFor: moment(meetsAt),
      openedAt: moment(opened.occurredAt),
      closedAt: closed && moment(closed.occurredAt),
      quorum: say(
        `cần ${quorum} trên ${members.length} thành viên; có mặt ${present.length}, được biểu quyết ${voters}`,
        `${quorum} of ${members.length} members needed; ${present.length} present, ${voters} may vote`,
      ),
      absent: names(absent),
      recused: names(recused),
      findings: findingsOf(sheet),
      tally: closed && talliedText(closed.payload, say),
      recommendation: closed && recommendationText(closed.payload.recommends, say),
      dissent: closed?.payload.dissent.map((one) => dissentText(sheet, meeting, one)),
    },
    after: [
      ...(closed
        ? []
        : [paragraph(say('Hội đồng chưa kết thúc phiên họp.', 'The council has not closed its meeting.'), 'italic')]),
      {
        kind: 'table',
        columns: definition.columns.map(({ code, label }) => ({ title: pick(label), share: shares[code] ?? 10 })),
        rows: members.map((member) => rowOf(sheet, meeting, member, { present, recused })),
      },
    ],
    ...(closed && { signers: [sheet.actor(closed), sheet.name(chairOf(members))] }),
  };
}

/** As of the end of the meeting, or as of now. */
const recusedIn = ({ state }: Sheet, { convened, closed }: Meeting): readonly string[] =>
  closed?.payload.recused ??
  convened.payload.members.map(({ person }) => person).filter((one) => Object.hasOwn(state.recused, one));

const chairOf = (members: readonly CouncilMember[]): string | null =>
  members.find(({ role }) => role === 'chair')?.person ?? null;

function findingsOf({ procedure: { proposal }, context: { law }, tongue: { pick, say } }: Sheet): string[] {
  const said = {
    positive: say('đạt', 'positive'),
    negative: say('không đạt', 'negative'),
    unclear: say('chưa rõ', 'unclear'),
  };
  if (!proposal) return [];
  return settingsAt(law, proposal.at).sandbox.criteria.flatMap(({ code, name }) => {
    const found = proposal.criteria.find(({ criterion }) => criterion === code);
    return found ? [`${pick(name)}: ${said[found.finding]}`] : [];
  });
}

const talliedText = (
  { for: inFavour, against, abstained }: { readonly for: number; readonly against: number; readonly abstained: number },
  say: Sheet['tongue']['say'],
): string =>
  say(
    `${inFavour} tán thành, ${against} không tán thành, ${abstained} không có ý kiến`,
    `${inFavour} for, ${against} against, ${abstained} abstained`,
  );

function dissentText(sheet: Sheet, { votes }: Meeting, person: string): string {
  const reason = votes.find(({ payload }) => payload.person === person)?.payload.reason;
  const words = reason ? sheet.words(reason) : sheet.tongue.say('không nêu lý do', 'no reason given');
  return `${sheet.name(person)}: ${words}`;
}

const cast: Readonly<Record<Vote, Text>> = {
  for: { vi: 'Tán thành', en: 'For' },
  against: { vi: 'Không tán thành', en: 'Against' },
  abstain: { vi: 'Không có ý kiến', en: 'Abstained' },
};

function rowOf(
  sheet: Sheet,
  { votes, closed }: Meeting,
  { person, role, agency }: CouncilMember,
  { present, recused }: { readonly present: readonly string[]; readonly recused: readonly string[] },
): string[] {
  const { say, pick } = sheet.tongue;
  const isThere = present.includes(person);
  const vote = votes.find(({ payload }) => payload.person === person)?.payload.vote;
  const office = agency === null ? say('chuyên gia', 'expert') : sheet.agency(agency);
  const seat = role === 'chair' ? say('Chủ tịch Hội đồng', 'Chair') : say('Thành viên', 'Member');
  const attendance = isThere ? say('Có mặt', 'Present') : say('Vắng mặt', 'Absent');
  const voted = vote === undefined ? '' : say('Đã biểu quyết', 'Has voted');
  return [
    sheet.name(person) ?? '',
    `${seat}, ${office}`,
    recused.includes(person)
      ? say('Không tham gia (có lợi ích liên quan)', 'Takes no part (interest declared)')
      : attendance,
    !isThere || recused.includes(person) ? '' : closed ? pick(cast[vote ?? 'abstain']) : voted,
  ];
}
