import { describe, expect, it } from 'vitest';
import { plainDate } from '../../domain/time/instants.js';
import { formDefinition, formOf } from '../../forms/case-form.js';
import { upheldConditions } from '../../forms/conditions.js';
import { type FormModel, linesOf } from '../../forms/model.js';
import { type Paper, papersOf } from '../../forms/papers.js';
import { numberOf, type NamedCase } from '../../forms/sheet.js';
import { type Book, trackingBookOf } from '../../forms/tracking-book.js';
import { erased } from '../../forms/words.js';
import { catalogue } from '../../seeds/index.js';
import { at } from '../support/memory-register.js';
import { code, context, investorName, irc, Story, bookOf } from './story.js';

const lines = (model: FormModel, page: 0 | 1 = 0): string => linesOf(model.letters[page]).join('\n');

const formIn = (story: Story, form: Paper['form'], n = 0, change: Partial<NamedCase> = {}): FormModel =>
  formOf(story.paper(form, n), story.named(change), context);

/** How often something stands there. */
const count = (text: string, part: string): number => text.split(part).length - 1;

describe('the definitions of the forms', () => {
  it('are the seven of the circular, the result and its changes, opinions, and the papers of a trial, none of them called verified', () => {
    const { forms } = catalogue();
    const ours = [
      'decision',
      'council-minutes',
      'trial-certificate',
      'result-correction',
      'result-revocation',
      'opinion',
    ];
    expect(forms.map((one) => one.code)).toEqual(['01', '02', '03', '04', '05', '06', '07', ...ours]);
    for (const { verified, unverified } of forms) {
      expect(verified).toBe(false);
      expect(unverified).toContain('fields');
    }
  });
});

describe('which papers a case has', () => {
  it('follows from its events, under ids that stay', () => {
    const story = new Story().received();
    const before = story.papers();
    expect(before.map(({ form, agency }) => [form, agency])).toEqual([
      ['02', 'hcmc-pasc'],
      ['01', 'hcmc-pasc'],
      ['06', 'hcmc-pasc'],
    ]);
    const after = new Story().assessing().supplemented('2026-07-14 09:00').decided().papers();
    expect(after.map(({ form }) => form)).toEqual(['02', '01', '06', '02', 'decision']);
    for (const { id } of before) expect(after.map((paper) => paper.id)).toContain(id);
    expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
  });

  it('has an apology as a draft until the head signs it off, then with its new date', () => {
    const drafted = new Story().assessing().apologyDrafted();
    expect(drafted.paper('04')).toMatchObject({ draft: true, agency: 'shtp-board' });
    const sent = new Story().assessing().apologyDrafted().apologySent();
    expect(sent.paper('04')).toMatchObject({
      draft: false,
      id: drafted.paper('04').id,
      issuedAt: at('2026-07-21 09:00'),
    });
  });

  it('has the opinion of an agency where it says more than its position, made from the bytes that are kept of it', () => {
    const story = new Story().assessing(true);
    const paper = story.paper('opinion');
    expect(paper).toMatchObject({ agency: 'dost', draft: false, issuedAt: at('2026-07-08 09:00') });
    expect(story.papers().filter(({ form }) => form === 'opinion')).toHaveLength(1);
    const text = lines(formIn(story, 'opinion'));
    for (const said of [
      'Kính gửi: Ban Quản lý Khu Công nghệ cao Thành phố Hồ Chí Minh',
      'đồng ý có điều kiện',
      'Điều kiện sử dụng công nghệ: đồng ý',
      'Tiêu chí công nghệ cao: đồng ý có điều kiện',
      'Công nghệ phù hợp. (NĐ 96/2026/NĐ-CP, Điều 36)',
      'Luật Công nghệ cao',
    ])
      expect(text).toContain(said);
    expect(text).toMatch(/Tỷ lệ lao động Việt Nam: tối thiểu 60/);
    expect(lines(formIn(story, 'opinion'), 1)).toContain('agrees with conditions');
    const gone = new Map([...story.named().texts].map(([id]) => [id, null]));
    const after = lines(formIn(story, 'opinion', 0, { texts: gone }));
    expect(after).toContain(erased);
    expect(after).not.toContain('Công nghệ phù hợp');
  });

  it('has none for a dossier that nobody has looked at', () => {
    expect(new Story().file('2026-07-06 09:05').papers()).toEqual([]);
  });
});

describe('form 01', () => {
  const model = formIn(new Story().received(), '01');

  it('says who filed what, when it came and when the result is due', () => {
    const text = lines(model);
    expect(text).toContain('Ủy ban nhân dân Thành phố Hồ Chí Minh');
    expect(text).toContain('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ');
    expect(text).toContain('Thành phố Hồ Chí Minh, ngày 07 tháng 7 năm 2026');
    expect(text).toContain(`Tiếp nhận hồ sơ của: ${investorName}`);
    expect(text).toContain('Người nộp: Đặng Ngọc Ưng (người được ủy quyền của Nguyễn Thị Ý Như)');
    expect(text).toContain('3. Thời gian giải quyết hồ sơ theo quy định là: 10 ngày làm việc');
    expect(text).toContain('4. Thời gian nhận hồ sơ: 10 giờ 05 phút, ngày 07 tháng 7 năm 2026');
    expect(text).toContain(
      'Thời hạn giải quyết được tính từ: ngày 08 tháng 7 năm 2026 (hồ sơ hợp lệ nhận được ngày 07 tháng 7 năm 2026)',
    );
    expect(text).toContain('5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 21 tháng 7 năm 2026');
    expect(text).toContain('(đã có tại cơ sở dữ liệu của Nhà nước, không phải nộp)');
    expect(text).toMatch(/Số: 02\/TNHS-TTPVHCC/);
    expect(lines(model, 1)).toContain('5. Result due: 17:00 on 21 July 2026');
  });

  it('prints a dotted line where the form asks for what the register does not hold', () => {
    expect(lines(model)).toMatch(/Địa chỉ: …+\nSố điện thoại: …+/);
  });

  it('prints the promised date once the City has promulgated it', () => {
    const story = new Story().received();
    const events = story.register.events.map((event) =>
      event.type === 'dossierReceived'
        ? { ...event, payload: { ...event.payload, printed: 'promised' as const } }
        : event,
    );
    expect(lines(formIn(story, '01', 0, { events }))).toContain('17 giờ 00 phút, ngày 16 tháng 7 năm 2026');
  });

  it('leads to the public status page, without the PIN', () => {
    expect(model.statusUrl).toBe(`https://luong-xanh.example/status?code=${code}`);
  });
});

describe('form 02', () => {
  it('at the counter says that the clock has not begun', () => {
    const text = lines(formIn(new Story().received(), '02'));
    expect(text).toContain('PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ');
    expect(text).toContain('1. Đề xuất dự án đầu tư: bổ sung tiến độ góp vốn');
    expect(text).toContain('Lý do: Thiếu tiến độ góp vốn ở mục 5');
    expect(text).toContain('Thời hạn giải quyết: chưa bắt đầu');
    expect(text).toContain('Lê Diễn Tập, receiving.1@luong-xanh.example');
  });

  it('during examination cites the ground, gives the deadline and the days that are left', () => {
    const model = formIn(new Story().assessing().supplemented(null), '02', 1);
    const text = lines(model);
    expect(text).toContain('Ban Quản lý Khu Công nghệ cao');
    expect(text).toContain('Căn cứ: Nghị định số 96/2026/NĐ-CP Điều 6.1d, e');
    expect(text).toContain('Thời hạn bổ sung: ngày 23 tháng 7 năm 2026');
    expect(text).toContain('tạm dừng sau ngày hôm nay; khi hồ sơ được bổ sung, cơ quan còn 08 ngày làm việc');
    expect(lines(model, 1)).toContain(
      'suspended after today; when the dossier returns, the agency has 8 working days left',
    );
  });
});

describe('form 03', () => {
  const refused = new Story()
    .file('2026-07-06 09:05')
    .intake(1, '2026-07-06 10:00', { outcome: 'refuse', reason: 'Không thuộc thẩm quyền' });

  it('states the reason, the law and what can be done', () => {
    const text = lines(formIn(refused, '03'));
    expect(text).toContain('thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:');
    expect(text).toContain('Lý do cụ thể không tiếp nhận, giải quyết: Không thuộc thẩm quyền');
    expect(text).toContain('Căn cứ pháp lý: Nghị định số 96/2026/NĐ-CP');
    expect(text).toContain('khiếu nại');
  });

  it('refuses after a supplement that never came, where the law has it so', () => {
    const story = new Story().assessing().supplemented(null).stopped();
    const events = story.register.events.map((event) =>
      event.type === 'lapseDecided' ? { ...event, payload: { ...event.payload, decision: 'refuse' as const } } : event,
    );
    const file = story.named({ events });
    const [paper] = papersOf(file, 'hcmc-pasc').filter(({ form }) => form === '03');
    expect(paper).toMatchObject({ agency: 'shtp-board' });
    expect(paper && lines(formOf(paper, file, context))).toContain('Nhà đầu tư không bổ sung hồ sơ');
  });
});

describe('form 04', () => {
  it('gives the causes from the ledger and the new appointment', () => {
    const model = formIn(new Story().assessing().apologyDrafted().apologySent(), '04');
    const text = lines(model);
    expect(text).toContain('xin lỗi');
    expect(text).toContain('Thời gian hẹn trả kết quả: ngày 21 tháng 7 năm 2026');
    expect(text).toContain('Thời gian đề nghị gia hạn trả kết quả: ngày 28 tháng 7 năm 2026');
    expect(text).toMatch(/Ban Quản lý Khu Công nghệ cao Thành phố Hồ Chí Minh xử lý hồ sơ: \d\d ngày làm việc/);
    expect(text).toContain('Trần Quyết Đoán');
    expect(model.draft).toBe(false);
  });

  it('as a draft has neither number, date nor signature', () => {
    const model = formIn(new Story().assessing().apologyDrafted(), '04');
    const text = lines(model);
    expect(model.draft).toBe(true);
    expect(text).toMatch(/Số: …+\n/);
    expect(text).toMatch(/Thời gian đề nghị gia hạn trả kết quả: …+/);
    expect(text).not.toContain('Trần Quyết Đoán');
  });

  it('tells of an extension that the head granted, from the date before to the date after', () => {
    const text = lines(formIn(new Story().assessing().extended(), '04'));
    expect(text).toContain('Thời gian hẹn trả kết quả: ngày 21 tháng 7 năm 2026');
    expect(text).toContain('Thời gian đề nghị gia hạn trả kết quả: ngày 24 tháng 7 năm 2026');
    expect(text).toContain('Lý do: Hồ sơ phức tạp');
  });
});

describe('form 05', () => {
  it('follows the decision to stop after a lapse, with its ground', () => {
    const text = lines(formIn(new Story().assessing().supplemented(null).stopped(), '05'));
    expect(text).toContain('về việc dừng giải quyết hồ sơ');
    expect(text).toContain('quá thời hạn bổ sung (ngày 23 tháng 7 năm 2026); Nhà đầu tư không bổ sung hồ sơ');
    expect(text).toContain('dừng giải quyết hồ sơ từ 09 giờ 00 phút, ngày 03 tháng 8 năm 2026');
    // An officer weighed it; the head signs.
    expect(text).not.toContain('Võ Thử Nghiệm');
  });

  it('follows a withdrawal', () => {
    const text = lines(formIn(new Story().assessing().withdrawn(), '05'));
    expect(text).toContain('Đề nghị dừng: nhà đầu tư đề nghị lúc 09 giờ 00 phút, ngày 10 tháng 7 năm 2026');
    expect(text).toContain('Thay đổi kế hoạch đầu tư');
  });
});

describe('form 06', () => {
  it('has a row for every hand-over, in order, early, on time or late', () => {
    const story = new Story().assessing().supplemented('2026-07-14 09:00').decided();
    const table = formIn(story, '06').letters[0].blocks.find((block) => block.kind === 'table');
    const rows = (table?.kind === 'table' ? table.rows : []).map(([from = '', to = '', when, result, note]) => [
      from.replace(/,.*/, ''),
      to.replace(/,.*/, ''),
      when,
      result,
      note,
    ]);
    const [centre, board] = [
      'Trung tâm Phục vụ hành chính công Thành phố Hồ Chí Minh',
      'Ban Quản lý Khu Công nghệ cao Thành phố Hồ Chí Minh',
    ];
    const [science, planning] = ['Sở Khoa học và Công nghệ', 'Sở Quy hoạch – Kiến trúc'];
    const investor = 'Nhà đầu tư';
    expect(rows).toEqual([
      [investor, centre, '06/7/2026 09:05', '', 'Nộp hồ sơ'],
      [centre, investor, '06/7/2026 10:00', '', 'Yêu cầu hoàn thiện (mẫu 02)'],
      [investor, centre, '07/7/2026 08:30', '', 'Nộp hồ sơ'],
      [centre, board, '07/7/2026 10:05', '', 'Tiếp nhận (mẫu 01)'],
      [board, science, '07/7/2026 10:08', '', 'Lấy ý kiến'],
      [board, planning, '07/7/2026 10:08', '', 'Lấy ý kiến'],
      [science, board, '08/7/2026 09:00', 'Trước hạn', 'Trả lời ý kiến'],
      [planning, board, '08/7/2026 10:00', 'Trước hạn', 'Trả lời ý kiến'],
      [board, investor, '09/7/2026 09:30', '', 'Yêu cầu bổ sung (mẫu 02)'],
      [investor, board, '14/7/2026 09:00', 'Trước hạn', 'Bổ sung hồ sơ'],
      [board, investor, '17/7/2026 15:03', 'Trước hạn', 'Trả kết quả'],
    ]);
  });

  it('has no code for the public: it is an internal paper', () => {
    const model = formIn(new Story().received(), '06');
    expect(model.statusUrl).toBeNull();
    expect(model.letters[0].lookUp).toBeNull();
  });
});

describe('the decision', () => {
  const story = new Story().assessing().supplemented('2026-07-14 09:00').decided();

  it('has number, law, outcome, conditions and what was signed', () => {
    const text = lines(formIn(story, 'decision'));
    expect(text).toContain('GIẤY CHỨNG NHẬN ĐĂNG KÝ ĐẦU TƯ');
    expect(text).toContain('Số: 12/2026/GCN-BQL');
    expect(text).toContain('Căn cứ pháp lý: Nghị định số 96/2026/NĐ-CP Điều 36, 39.3, 40, 41, 42, 43');
    expect(text).toContain('Tỷ lệ lao động Việt Nam: tối thiểu 60 % (Sở Khoa học và Công nghệ)');
    expect(text).toContain('Chiều cao công trình: tối đa 45 m (Sở Quy hoạch – Kiến trúc)');
    expect(text).toContain('Tổng vốn đầu tư: 115.000.000.000 đồng (4.900.000 USD)');
    expect(text).toContain('ab'.repeat(32));
    expect(text).toContain('0f1e2d3c4b5a6978');
    expect(text).toContain('Trần Quyết Đoán');
  });

  it('of a refusal gives the reason and no conditions', () => {
    const refused = new Story().assessing().supplemented('2026-07-14 09:00').decided('refuse');
    const text = lines(formIn(refused, 'decision'));
    expect(text).toContain('về việc từ chối');
    expect(text).toContain('Lý do: Dự án không phù hợp quy hoạch phân khu');
    expect(text).not.toContain('Điều kiện kèm theo');
  });

  it('drops the conditions that a conference did not uphold, and keeps all others', () => {
    const { state } = story.register;
    const [consultation] = Object.values(state.consultations);
    if (!consultation) throw new Error('nobody was asked');
    const issue = {
      id: 'conditions/building-height/dost/dpa',
      kind: 'contradiction' as const,
      agencies: ['dost', 'dpa'],
      subject: 'building-height',
    };
    const settled = (upholds: string | null) => {
      const conference = {
        issues: [issue],
        chair: 'shtp-board',
        budget: { amount: 3, unit: 'working-day' as const },
        dueDate: plainDate('2026-07-14'),
        openedAt: at('2026-07-08 10:00'),
        resolutions: [{ issue: issue.id, upholds }],
        dissent: [],
        decidedAt: at('2026-07-09 10:00'),
      };
      const consultations = { [consultation.scope]: { ...consultation, conference } };
      return upheldConditions({ ...state, consultations } as unknown as typeof state, irc).map(
        ({ condition }) => condition.subject,
      );
    };
    expect(settled('dpa')).toEqual(['vietnamese-staff-share', 'building-height']);
    expect(settled('dost')).toEqual(['vietnamese-staff-share']);
    expect(settled(null)).toEqual(['vietnamese-staff-share']);
  });
});

describe('an erased filing', () => {
  it.each(['01', '02', '06', 'decision'] as const)('leaves form %s without a name, and says so', (form) => {
    const story = new Story().assessing().supplemented('2026-07-14 09:00').decided();
    const model = formIn(story, form, 0, { filing: null, people: new Map() });
    for (const page of [0, 1] as const) {
      const text = lines(model, page);
      expect(text).toContain(erased);
      expect(text).not.toContain(investorName);
      expect(text).not.toContain('Nguyễn Thị Ý Như');
      expect(text).not.toContain('@');
    }
  });
});

describe('form 07', () => {
  const book = (n: number): Book =>
    bookOf(n, (i) => ({
      ...(i === 1 ? { applicant: null, email: null } : { applicant: investorName }),
      handedOverAt: i === 0 ? at('2026-07-13 15:03') : null,
      status: { vi: 'Đã trả kết quả', en: 'Result returned' },
    }));

  it('lists every dossier of the period with its serial', () => {
    const model = trackingBookOf(book(3), catalogue(), at('2026-08-01 08:00'));
    const text = lines(model);
    expect(text).toContain('SỔ THEO DÕI HỒ SƠ');
    expect(text).toContain('(từ ngày 01 tháng 7 năm 2026 đến ngày 31 tháng 7 năm 2026)');
    expect(text).toContain('01 | H29-260706-0001 | ');
    expect(text).toContain('06/7/2026 10:00 | 20/7/2026 | 13/7/2026 15:03');
    expect(count(text, erased)).toBe(2);
    expect(model.paper).toBe('A4-landscape');
  });
});

it('writes a number as the City writes it: two digits, mark, abbreviation of the agency', () => {
  const { agencies, forms } = catalogue();
  const mark = formDefinition(forms, '05').numberMark ?? '';
  expect(numberOf(7, mark, 'dost', agencies)).toBe('07/TB-SKHCN');
  expect(numberOf(1234, mark, 'dost', agencies)).toBe('1234/TB-SKHCN');
});
