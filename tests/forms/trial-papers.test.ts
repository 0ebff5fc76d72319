import { beforeAll, describe, expect, it } from 'vitest';
import { formOf } from '../../forms/case-form.js';
import { vietnameseCitationOf } from '../../forms/citation.js';
import { type FormModel, linesOf } from '../../forms/model.js';
import { type Paper, papersOf } from '../../forms/papers.js';
import { renderForm } from '../../forms/pdf.js';
import { type FormContext, type NamedCase } from '../../forms/sheet.js';
import { erased } from '../../forms/words.js';
import { catalogue, catalogueData, exampleTrials } from '../../seeds/index.js';
import { person, seededLaw } from '../support/memory-register.js';
import { head, members, OneTrial, participant, secretary } from '../support/one-trial.js';
import { infoOf, poppler, readingOf } from '../support/poppler.js';
import { everyLetter } from './story.js';

const context: FormContext = {
  catalogue: catalogue(),
  law: seededLaw,
  publicUrl: 'https://luong-xanh.example',
};

const names: Readonly<Record<string, string>> = {
  'expert.1': 'Đỗ Chủ Tịch',
  'expert.2': 'Bùi Thành Viên',
  'expert.3': 'Hồ Ý Khác',
  'officer.dost.2': 'Mai Thư Ký',
  'head.hcmc-committee': 'Phan Quyết Định',
  'investor.test': 'Cao Tham Gia',
};
const people = new Map(Object.entries(names).map(([id, name]) => [id, { name, email: `${id}@luong-xanh.example` }]));
const applicant = `Công ty ${everyLetter}`;

/** What the register would give of this trial; the words of everybody are the ids they stand under. */
function named(one: OneTrial, change: Partial<NamedCase> = {}): NamedCase {
  const { state, events } = one.register;
  const texts = new Map<string, string>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { id, hash } = value as { id?: unknown; hash?: unknown };
    if (typeof id === 'string' && typeof hash === 'string') texts.set(id, `lời của ${id}`);
    else Object.values(value).forEach(collect);
  };
  events.forEach(({ payload }) => collect(payload));
  const trial = state.trial?.field === 'uav' ? exampleTrials.drone : exampleTrials.ai;
  const filing = { ...trial, applicant: { ...trial.applicant, name: applicant } };
  const numbers = new Map(
    papersOf({ state, events }, seededLaw.receivingAgency).map(({ id, draft }, i) => [draft ? '' : id, i + 1]),
  );
  return { state, events, filing, people, texts, numbers, ...change };
}

const papers = (one: OneTrial, form: Paper['form']): Paper[] =>
  papersOf(named(one), seededLaw.receivingAgency).filter((paper) => paper.form === form);

function formIn(one: OneTrial, form: Paper['form'], change: Partial<NamedCase> = {}): FormModel {
  const paper = papers(one, form).at(-1);
  if (!paper) throw new Error(`no paper ${form}`);
  return formOf(paper, named(one, change), context);
}

const lines = (model: FormModel, page: 0 | 1 = 0): string => linesOf(model.letters[page]).join('\n');

const open = (one: OneTrial, present: readonly string[] = members) => {
  one.act(secretary, { type: 'openCouncil', taskId: one.task('step/council').id, present });
  return one;
};
const meeting = () => open(new OneTrial().appraise().evaluate().convene());
const closed = () => {
  const one = meeting();
  one.vote('expert.1', 'for').vote('expert.2', 'for').vote('expert.3', 'against', 'too early');
  return one.complete('step/council', { outcome: 'done' }, secretary);
};

/** Completed and certified, with one extension and one lesson. */
function certified(filing = exampleTrials.drone): OneTrial {
  const one = new OneTrial('2026-07-06 09:00', { filing });
  one.at('2026-07-20 09:00').start();
  const request = { kind: 'extension', months: 1 } as const;
  one.at('2026-09-01 09:00').act(participant, { type: 'requestTrialChange', request, reason: 'more data' });
  one.work().complete('trial-request/R1', { outcome: 'grant', reason: 'useful' });
  one.at('2026-10-01 09:00').act(participant, {
    type: 'fileFinalReport',
    documentId: 'doc-final',
    lessons: [{ act: 'Nghị quyết 20/2024/NQ-HĐND', article: 'giới hạn giờ bay', change: 'allow it' }],
    figures: { flights: 900 },
  });
  one.work().complete('completion', { outcome: 'completed', reason: 'as planned' }, head('hcmc-committee'));
  one.engine({ type: 'certifyCompletion' });
  return one;
}

describe('the minutes of a council', () => {
  it('are a draft while it meets: who is there and who has voted, not how', () => {
    const one = meeting();
    one.vote('expert.1', 'against', 'too early');
    expect(papers(one, 'council-minutes')).toMatchObject([{ draft: true, agency: 'dost' }]);
    const model = formIn(one, 'council-minutes');
    const text = lines(model);
    expect(text).toContain('(Dự thảo)');
    expect(text).toMatch(/Số: …+\n/);
    expect(text).toContain('Đỗ Chủ Tịch | Chủ tịch Hội đồng, chuyên gia | Có mặt | Đã biểu quyết');
    expect(text).toContain('Bùi Thành Viên | Thành viên, chuyên gia | Có mặt | \n');
    for (const page of [0, 1] as const) {
      expect(lines(model, page)).not.toMatch(/[Tt]án thành|Against|For\b/);
      expect(lines(model, page)).not.toContain('lời của');
    }
    expect(text).not.toContain('Mai Thư Ký');
  });

  it('once it is closed have number, votes, dissent with its reason, and the names of those who sign', () => {
    const one = closed();
    const model = formIn(one, 'council-minutes');
    const text = lines(model);
    expect(model.draft).toBe(false);
    expect(text).toMatch(/Số: \d\d\/BB-SKHCN/);
    expect(text).toContain('cần 2 trên 3 thành viên; có mặt 3, được biểu quyết 3');
    expect(text).toContain('Hồ Ý Khác | Thành viên, chuyên gia | Có mặt | Không tán thành');
    expect(text).toContain('Kết quả biểu quyết: 2 tán thành, 1 không tán thành, 0 không có ý kiến');
    expect(text).toContain('Kết luận của Hội đồng: đề nghị chấp thuận');
    expect(text).toMatch(/1\. Hồ Ý Khác: lời của/);
    expect(text).toContain('Mai Thư Ký');
    expect(text).toContain('Thuộc phạm vi: đạt');
    expect(lines(model, 1)).toContain('The council: recommends to admit');
    expect(model.statusUrl).toBeNull();
  });

  it('name who took no part, and do not count their vote', () => {
    const one = meeting();
    for (const id of members) one.vote(id, 'for');
    one.act(person('expert.3', 'expert'), { type: 'declareInterest', reason: 'advises a competitor' });
    one.complete('step/council', { outcome: 'done' }, secretary);
    const text = lines(formIn(one, 'council-minutes'));
    expect(text).toContain('Hồ Ý Khác | Thành viên, chuyên gia | Không tham gia (có lợi ích liên quan) | \n');
    expect(text).toContain('2 tán thành, 0 không tán thành');
    // Why is between them and their agency.
    expect(text).not.toContain('competitor');
  });

  it('of a tie say that there is no recommendation', () => {
    const one = open(new OneTrial().appraise().evaluate().convene(), ['expert.1', 'expert.2']);
    one.vote('expert.1', 'for').vote('expert.2', 'against', 'too early');
    one.complete('step/council', { outcome: 'done' }, secretary);
    const text = lines(formIn(one, 'council-minutes'));
    expect(text).toContain('không có đề nghị vì không bên nào quá nửa');
    expect(text).toContain('Hồ Ý Khác | Thành viên, chuyên gia | Vắng mặt | \n');
    expect(text).not.toContain('Ý kiến khác');
  });

  it('of a meeting that lost its quorum and was convened anew are not kept', () => {
    const one = meeting();
    for (const id of ['expert.1', 'expert.2']) {
      one.act(person(id, 'expert'), { type: 'declareInterest', reason: 'advises a competitor' });
    }
    const again = ['expert.3', 'expert.4'].map(
      (id, i) => ({ person: id, role: i === 0 ? 'chair' : 'member', agency: null }) as const,
    );
    const { id: taskId } = one.task('step/council');
    one.act(secretary, { type: 'conveneCouncil', taskId, members: again, meetsAt: one.now });
    expect(papers(one, 'council-minutes')).toEqual([]);
    open(one, ['expert.3', 'expert.4']);
    expect(papers(one, 'council-minutes')).toHaveLength(1);
    expect(lines(formIn(one, 'council-minutes'))).not.toContain('Đỗ Chủ Tịch');
  });
});

describe('the decision on an admission', () => {
  const decided = (outcome: 'approve' | 'refuse' = 'approve') =>
    new OneTrial('2026-07-06 09:00').appraise().evaluate().deliberate().decide(outcome, 'đã xem xét');

  it('prints the conditions, each limit with where it comes from', () => {
    const text = lines(formIn(decided(), 'decision'));
    expect(text).toContain(`Tổ chức thử nghiệm: ${applicant}`);
    expect(text).toContain('Giải pháp thử nghiệm: Giao hàng bằng thiết bị bay không người lái');
    expect(text).toContain(
      'Thời hạn thử nghiệm: 12 tháng, từ ngày 06 tháng 7 năm 2026 đến hết ngày 05 tháng 7 năm 2027',
    );
    expect(text).toContain('Khu thử nghiệm (SHTP); các góc (WGS 84): 10.84, 106.79; 10.84, 106.81');
    expect(text).toContain('Độ cao bay tối đa: dưới 200 m (theo văn bản của cơ chế)');
    expect(text).toContain('Số người dùng: tối đa 1.000 người (điều kiện riêng của quyết định này)');
    expect(text).toContain('Thời tiết: không mưa, mưa nhẹ (theo văn bản của cơ chế)');
    expect(text).toContain('lưu trữ và xử lý tại Việt Nam');
    expect(text).toContain('Trả dữ liệu: trong 30 ngày sau khi kết thúc');
    expect(text).toContain('kiểm tra, giám sát tại hiện trường 6 tháng một lần');
    expect(text).toContain('Hội đồng thẩm định: đề nghị chấp thuận (3 tán thành');
    expect(text).not.toMatch(/Tổng vốn đầu tư|Nhà đầu tư:|Dự án:/);
  });

  it('records every exemption: rule, whom, how far, from when to when, on which basis', () => {
    const model = formIn(decided(), 'decision');
    expect(lines(model)).toContain(
      '1. Luật A, Điều 1; tổ chức thử nghiệm; trách nhiệm hành chính; từ ngày 06 tháng 7 năm 2026 đến hết ngày 05 tháng 7 năm 2027; căn cứ Luật 93/2025/QH15',
    );
    expect(lines(model)).toContain('Thiệt hại gây ra cho bên thứ ba không thuộc phạm vi được miễn trừ');
    expect(lines(model, 1)).toContain('from 6 July 2026 to the end of 5 July 2027; by Luật 93/2025/QH15');
  });

  it('dates the exemptions as the register does', () => {
    const one = decided();
    one.engine({ type: 'admitTrial' });
    const [record] = one.trial.exemptions;
    expect(record).toMatchObject({ from: '2026-07-06', to: '2027-07-05' });
  });

  it('of a refusal has the reason and no conditions', () => {
    const text = lines(formIn(decided('refuse'), 'decision'));
    expect(text).toContain('về việc từ chối');
    expect(text).toContain('Lý do: lời của');
    expect(text).not.toMatch(/Giới hạn|Thời hạn thử nghiệm|được miễn trừ/);
  });

  it('cites the law of the regime without our remarks', () => {
    const text = lines(formIn(decided(), 'decision'));
    expect(text).toMatch(/Căn cứ pháp lý: Nghị quyết số 98\/2023\/QH15; Nghị quyết số 20\/2024\/NQ-HĐND/);
    expect(text).not.toMatch(/sửa đổi bởi|toàn văn|chỉ đọc/);
  });
});

describe('the certificate of completion', () => {
  it('has its number, what was tried, when, how it ended and what the law should learn', () => {
    const one = certified();
    const model = formIn(one, 'trial-certificate');
    const text = lines(model);
    expect(text).toContain('GIẤY CHỨNG NHẬN HOÀN THÀNH THỬ NGHIỆM');
    expect(text).toContain(`Số: ${one.trial.certificate}`);
    expect(text).toContain(`Quyết định chấp thuận số: ${one.trial.decision}`);
    expect(text).toContain('Thời hạn thử nghiệm: từ ngày 20 tháng 7 năm 2026 đến hết ngày 19 tháng 8 năm 2027');
    expect(text).toContain('Gia hạn: 1 lần, thêm 1 tháng');
    expect(text).toContain('Kết quả: Hoàn thành thử nghiệm');
    expect(text).toContain('Ngày kết thúc: ngày 01 tháng 10 năm 2026');
    expect(text).toMatch(/1\. Nghị quyết 20\/2024\/NQ-HĐND, giới hạn giờ bay: lời của/);
    expect(text).toContain('Phan Quyết Định');
    expect(text).toContain('Căn cứ pháp lý: Nghị quyết số 98/2023/QH15');
  });

  it('leads to the public page of the trial', () => {
    const one = certified();
    const model = formIn(one, 'trial-certificate');
    expect(model.statusUrl).toBe(`https://luong-xanh.example/public/trials/${one.register.code}`);
    expect(lines(model)).not.toContain('PIN');
  });

  it('takes the name that the regime gives it, not the number of a form that nobody has read', () => {
    const text = lines(formIn(certified(exampleTrials.ai), 'trial-certificate'));
    expect(text).toContain('GIẤY XÁC NHẬN HOÀN THÀNH THỬ NGHIỆM CÓ KIỂM SOÁT');
    expect(text).not.toContain('AI04');
  });

  it('is not there for a trial that ended otherwise', () => {
    const one = new OneTrial().start();
    one.act(participant, { type: 'endTrial', ending: 'withdrawn', reason: 'no money' });
    expect(papers(one, 'trial-certificate')).toEqual([]);
  });
});

describe('every paper of a trial', () => {
  const forms = ['01', '06', 'council-minutes', 'decision', 'trial-certificate'] as const;
  beforeAll(poppler, 240_000);

  it.each(forms)('%s as PDF gives back all that it says, in both languages', async (form) => {
    const model = formIn(certified(), form);
    const bytes = await renderForm(model);
    const text = (await readingOf(bytes)).join(' ').replaceAll(/\s+/g, '');
    expect(text.normalize('NFC')).toBe(text);
    for (const letter of everyLetter.replaceAll(' ', '')) expect(text).toContain(letter);
    for (const { blocks } of model.letters) {
      for (const block of blocks) {
        if (block.kind === 'field') expect(text).toContain(block.label.replaceAll(/\s+/g, ''));
      }
    }
    expect((await infoOf(bytes))['Keywords']).toMatch(/^verified: false; unverified: /);
    expect((await renderForm(model)).equals(bytes)).toBe(true);
  });

  it.each(forms)('%s names nobody once they were erased', (form) => {
    const one = certified();
    const texts = new Map([...named(one).texts.keys()].map((id) => [id, null]));
    const model = formIn(one, form, { filing: null, people: new Map(), texts });
    for (const page of [0, 1] as const) {
      expect(lines(model, page)).toContain(erased);
      for (const name of [applicant, ...Object.values(names), 'lời của'])
        expect(lines(model, page)).not.toContain(name);
    }
  });
});

describe('a citation of an act that the catalogue names in Vietnamese', () => {
  it('keeps kind, number and article, in both languages', () => {
    expect(vietnameseCitationOf('Luật Trí tuệ nhân tạo số 134/2025/QH15', 'Điều 21')).toEqual({
      vi: 'Luật Trí tuệ nhân tạo số 134/2025/QH15 Điều 21',
      en: 'Law 134/2025/QH15 Art. 21',
    });
    const decree = 'Nghị định số 142/2026/NĐ-CP';
    const remarks = 'Điều 23 (thẩm quyền); thời hạn 10/20/30 ngày chỉ đọc ở bản tóm lược';
    expect(vietnameseCitationOf(decree, remarks)?.vi).toBe(`${decree} Điều 23`);
    expect(vietnameseCitationOf(decree, 'Điều 21-22 (nguyên tắc, cấp độ)')?.vi).toBe(`${decree} Điều 21-22`);
    expect(vietnameseCitationOf('Luật Khoa học số 93/2025/QH15', 'Chương II, Mục 2')?.vi).toBe(
      'Luật Khoa học số 93/2025/QH15',
    );
  });

  it('is none where no act in force is named', () => {
    expect(vietnameseCitationOf('Dự thảo Quy chế hoạt động (16/01/2026)')).toBeUndefined();
    expect(vietnameseCitationOf('Quy chế thử nghiệm của Thành phố (chưa ban hành)')).toBeUndefined();
  });

  it('of every open regime is there', () => {
    for (const { code, legalBasis, effectiveFrom } of catalogueData().regimes) {
      if (effectiveFrom === null) continue;
      const cited = legalBasis.flatMap(({ act, article }) => vietnameseCitationOf(act, article) ?? []);
      expect([code, cited.length > 0]).toEqual([code, true]);
    }
  });
});
