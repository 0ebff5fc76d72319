import type { Text } from '../law/agency.js';
import { ambition, commitment } from '../law/commitment.js';
import { processTarget } from './automation.js';
import { leastHistory, mostPast } from './early-warning-limits.js';
import { shortestCityBaseline } from './reduction.js';

/** One figure as everybody reads it: pages, papers, reports and the documentation say what stands here, and nothing else. */
export interface Measure {
  readonly code: string;
  readonly name: Text;
  readonly unit: 'share' | 'working-day' | 'count' | 'money' | 'score';
  /** How it is computed. */
  readonly definition: Text;
  /** Of what it speaks, and what is left out. */
  readonly population: Text;
  /** What it is set against, where it is set against anything. */
  readonly baseline: 'observed-or-law' | 'law' | 'observed' | 'standard-lane' | 'peers' | null;
}

const text = (vi: string, en: string): Text => ({ vi, en });

const measured = text(
  'Hồ sơ luồng xanh đạt mốc trong kỳ. Luồng là luồng tại thời điểm có quyết định đầu tiên, hoặc khi một thủ tục lỡ thời hạn (theo luật hoặc theo cam kết) lần đầu, tùy việc nào đến trước: quyết định về luồng sau đó không đổi con số; lúc đó chưa quyết định mà đã có thời hạn bị lỡ hoặc đã quá hạn quyết định thì tính là luồng xanh.',
  'Green-lane cases that reached their milestone in the period. The lane is that at the first decision of any procedure, or when a term, by law or promised, was first broken, whichever came first: a decision on the lane after it changes no figure, and a lane still undecided then counts as green if a term was broken or its own date was past.',
);
const ended = text('Thủ tục kết thúc trong kỳ.', 'Procedures that ended in the period.');
const executed = text(
  'Hồ sơ đã có quyết định và kết thúc trong kỳ. Chưa hồ sơ nào: chưa có con số.',
  'Dossiers decided and ended in the period. None: no figure yet.',
);

/** Every figure that is published, by code. */
export const measures = {
  reduction: {
    name: text('Mức rút ngắn', 'Reduction'),
    unit: 'share',
    definition: text(
      `Số nhỏ hơn trong hai số «toàn trình» và «Thành phố», của từng hồ sơ; tính chung: số nhỏ hơn trong hai tỷ số của các tổng. Trung bình, trung vị và tỷ lệ dùng số nhỏ hơn của từng hồ sơ. Cam kết: giảm ít nhất ${commitment}%; phấn đấu: ${ambition}%.`,
      `The smaller of «whole» and «City» of each case; \`overall\`: the smaller of the two ratios of sums. Mean, median and shares use the smaller one of each case. Commitment: at least ${commitment} % less; ambition: ${ambition} %.`,
    ),
    population: text(
      `${measured.vi} Không tính, và nêu lý do từng hồ sơ: dự án điều chỉnh; bị từ chối; kết quả bị thu hồi; rút; hoãn một thủ tục bắt buộc; còn dữ kiện chưa ai xác nhận mà có rút ngắn; luồng thường; luồng chưa xác định; không có mức nền; ngoài lịch; phần của Thành phố trong mức nền dưới ${shortestCityBaseline} ngày hoặc không được cố định khi nộp.`,
      `${measured.en} Left out, each with its reasons: adjustments; refused; a result revoked; withdrawn; a mandatory procedure put off; a fact nobody has confirmed yet, where days were saved; standard lane; lane undecided; no baseline; beyond the calendar; a part of the City in the baseline below ${shortestCityBaseline} days, or not frozen at filing.`,
    ),
    baseline: 'observed-or-law',
  },
  reductionWhole: {
    name: text('Rút ngắn toàn trình', 'Reduction, whole'),
    unit: 'share',
    definition: text(
      '1 − W/B. W: mọi ngày làm việc trên đường quyết định mà nhà đầu tư không giữ hồ sơ, kể cả của cơ quan trung ương và của các lần nộp trước. B: mức nền.',
      '1 − W/B. W: all working dates of the deciding path not held by the investor, those of central bodies and of earlier filings included. B: the baseline.',
    ),
    population: measured,
    baseline: 'observed-or-law',
  },
  reductionCity: {
    name: text('Rút ngắn phần Thành phố', 'Reduction, City'),
    unit: 'share',
    definition: text(
      '1 − L/B0. L: chuỗi dài nhất các ngày Thành phố giữ hồ sơ theo thứ tự kế hoạch, qua mọi thủ tục bắt buộc, mọi lần nộp, kể cả tại bộ phận tiếp nhận và ngày sau khi thông báo bổ sung hết hạn; thủ tục của cơ quan trung ương tính bằng không. B0: chuỗi tương ứng của lộ trình thông thường trong mức nền.',
      '1 − L/B0. L: the longest chain of dates the City held along the order of the plan, over all mandatory procedures and attempts, at the counter and after a lapsed notice included; a procedure of a central body weighs nothing. B0: the same chain of the standard pathway in the baseline.',
    ),
    population: measured,
    baseline: 'observed-or-law',
  },
  baselineLaw: {
    name: text('Mức nền theo luật', 'Baseline by law'),
    unit: 'working-day',
    definition: text(
      'Đường găng của lộ trình thông thường với thời hạn theo luật, đặt trên lịch thật từ ngày nộp và cố định khi nộp. Điều chưa biết không kéo dài mức nền; khi được xác nhận sau đó, mức nền theo dữ kiện đúng; khi đã có quyết định đầu tiên hoặc đã lỡ hạn thì không dữ kiện nào kéo dài mức nền nữa. Dữ kiện đã khai mà sai thì lấy mức nhỏ hơn trong hai mức nền, theo dữ kiện đã khai và theo dữ kiện đúng. Thời hạn tính theo ngày lịch có trọng số theo số ngày làm việc đã cố định. Khi Thành phố chưa công bố đủ thời gian thực tế trước chương trình thì đây là mức nền được dùng.',
      'The critical path of the standard pathway with the terms of the law, laid on the real calendar from the day of filing and frozen then. What is unknown makes it no longer; once it is confirmed, the baseline is that of the facts; once a decision or a broken term is known, no fact makes it longer any more. Where a fact was stated and wrong, the smaller of two baselines counts, that of the facts as stated and that of the facts as they are. Terms in calendar days weigh the working days that were frozen. It is the baseline in use where the City has not published the durations of before the programme.',
    ),
    population: text('Mỗi hồ sơ có một mức nền.', 'Each case has one.'),
    baseline: null,
  },
  baselineObserved: {
    name: text('Mức nền hiện nay', 'Baseline of today'),
    unit: 'working-day',
    definition: text(
      '«So với hiện nay»: lộ trình thông thường với thời gian thực tế từng thủ tục trước chương trình do Thành phố công bố (nguồn, kỳ, số hồ sơ), mỗi thủ tục nhiều nhất bằng thời hạn theo luật; cố định khi nộp. Có đủ thì con số chính so với mức này, chưa đủ thì so với luật và nói rõ.',
      '“Against today”: the standard pathway with the duration of each procedure before the programme that the City published (source, period, number of dossiers), each at most its term by law; frozen at filing. Where it is complete the headline is set against it, else against the law, and says so.',
    ),
    population: text(
      'Hồ sơ mà vào ngày nộp mọi thủ tục bắt buộc của lộ trình thông thường đều có thời gian công bố. Không có hồ sơ nào: chưa có con số.',
      'Cases of which every mandatory procedure of the standard pathway had a published duration on the day of filing. None: no figure yet.',
    ),
    baseline: null,
  },
  againstLaw: {
    name: text('Rút ngắn so với luật', 'Reduction against the law'),
    unit: 'share',
    definition: text(
      'Như «mức rút ngắn», mọi hồ sơ đều so với mức nền theo luật.',
      'As «reduction», every case set against the baseline by law.',
    ),
    population: measured,
    baseline: 'law',
  },
  againstObserved: {
    name: text('Rút ngắn so với hiện nay', 'Reduction against today'),
    unit: 'share',
    definition: text(
      'Như «mức rút ngắn», chỉ gồm hồ sơ có mức nền hiện nay; chưa có hồ sơ nào thì không có con số.',
      'As «reduction», of cases with a baseline of today alone; where there are none there is no figure.',
    ),
    population: measured,
    baseline: 'observed',
  },
  interval: {
    name: text('Khoảng tin cậy của trung vị', 'Interval of the median'),
    unit: 'share',
    definition: text(
      'Hai giá trị theo thứ tự bao trung vị với xác suất ít nhất 95%, không giả định phân phối; dưới sáu hồ sơ thì không có.',
      'The two ordered values that bound the median with at least 95 %, whatever the distribution; none below six cases.',
    ),
    population: measured,
    baseline: 'observed-or-law',
  },
  bound: {
    name: text('Cận dưới', 'Lower bound'),
    unit: 'share',
    definition: text(
      'Mức rút ngắn nếu mọi hồ sơ không được tính (trừ luồng thường) không rút ngắn được ngày nào; hồ sơ nào đã kéo dài hơn mức nền, đến mốc hoặc đến khi kết thúc, thì tính đúng số ngày đã kéo dài.',
      'The reduction if no case left out, except those of the standard lane, had saved a day; one that took longer than its baseline, to its milestone or until it ended without, counts with the days it took.',
    ),
    population: text(
      'Hồ sơ được tính và hồ sơ không được tính trong kỳ, trừ luồng thường.',
      'Cases counted and cases left out in the period, except those of the standard lane.',
    ),
    baseline: 'observed-or-law',
  },
  control: {
    name: text('Đối chứng: luồng thường', 'Control: standard lane'),
    unit: 'share',
    definition: text(
      'Cùng cách tính, cho hồ sơ luồng thường đạt mốc trong kỳ.',
      'Computed in the same way for standard-lane cases that reached their milestone in the period.',
    ),
    population: text(
      'Hồ sơ luồng thường không có lý do loại trừ nào khác.',
      'Standard-lane cases with no other reason to be left out.',
    ),
    baseline: 'observed-or-law',
  },
  peers: {
    name: text('So với hồ sơ tương đồng', 'Against matched cases'),
    unit: 'share',
    definition: text(
      '1 − W / trung vị W của hồ sơ luồng thường cùng mốc, lộ trình và khu, kết thúc trong mười hai tháng trước ngày nộp; chỉ khi có ít nhất mười. Không bao giờ là con số chính: ưu tiên luồng xanh có thể làm chậm chính các hồ sơ đó.',
      '1 − W / median W of standard-lane cases of the same milestone, pathway and zone that ended in the twelve months before the filing; only where there are at least ten. Never the headline: priority itself may slow those cases.',
    ),
    population: measured,
    baseline: 'peers',
  },
  spread: {
    name: text('Phân bố', 'Spread'),
    unit: 'working-day',
    definition: text(
      'Trung vị: giá trị ở giữa; nếu số lượng chẵn thì là trung bình của hai giá trị ở giữa. p90: giá trị nhỏ nhất mà chín phần mười số trường hợp không vượt quá.',
      'Median: the value in the middle; of an even number the mean of the two in the middle. p90: the smallest value that nine tenths of all do not exceed.',
    ),
    population: text('N nêu bên cạnh mỗi con số.', 'N stands beside each figure.'),
    baseline: null,
  },
  time: {
    name: text('Thời gian', 'Time'),
    unit: 'working-day',
    definition: text(
      'Tính bằng ngày làm việc. Thuần: ngày hồ sơ do cơ quan của Thành phố hoặc hệ thống giữ trên đường quyết định; gộp: mọi ngày từ lần nộp đầu tiên, bất kể ai giữ.',
      'In working days. Net: days on which agencies of the City or the engine held the deciding path; gross: all days from the first filing, whoever held the file.',
    ),
    population: text(
      'Dự án được cấp phép, hoặc đủ thủ tục khởi công, trong kỳ. Không tính dự án điều chỉnh và hồ sơ hoãn một thủ tục bắt buộc.',
      'Projects licensed, or with every approval before construction, in the period. Adjustments and cases with a mandatory procedure put off are left out.',
    ),
    baseline: null,
  },
  onTime: {
    name: text('Đúng hạn', 'On time'),
    unit: 'share',
    definition: text(
      'Mẫu số: thủ tục kết thúc trong kỳ có quyết định hoặc đã quá hạn, cộng thủ tục chưa kết thúc mà đã quá hạn vào ngày cuối kỳ (hoặc hôm nay, nếu ngày cuối kỳ chưa đến). Tử số: thủ tục kết thúc đúng hạn theo luật. Thủ tục quá hạn kéo dài qua nhiều kỳ bị tính trễ ở mỗi kỳ đó. Tính mọi cơ quan, kể cả cơ quan không thuộc Thành phố.',
      'Out of: procedures that ended in the period with a decision or after their date, and those not ended that were past their date on the last day of the period (today, where that day lies ahead). Count: those that ended within the term of the law. One that stays late through several periods counts as late in each. All bodies, also those the City does not command.',
    ),
    population: ended,
    baseline: 'law',
  },
  onTimeStrict: {
    name: text('Đúng hạn, tính chặt', 'On time, strictly'),
    unit: 'share',
    definition: text(
      'Như «đúng hạn», nhưng tính từ ngày nộp hồ sơ hợp lệ (Nghị định 96/2026/NĐ-CP, Điều 39.3), không tính gia hạn, và thời gian đã dùng trước khi tính lại từ đầu vẫn được tính.',
      'As «on time», but counted from the day the valid dossier was filed (Decree 96/2026/NĐ-CP, Art. 39.3), without extensions, and with the days used before a term began anew.',
    ),
    population: ended,
    baseline: 'law',
  },
  overdueNow: {
    name: text('Đang quá hạn', 'Overdue now'),
    unit: 'count',
    definition: text(
      'Số thủ tục chưa kết thúc mà hôm nay đã quá hạn theo luật, không phụ thuộc kỳ.',
      'Procedures not ended that are past the date of the law today, whatever the period.',
    ),
    population: text('Mọi thủ tục đang mở.', 'All open procedures.'),
    baseline: 'law',
  },
  targets: {
    name: text('Thời hạn cam kết', 'Promised terms'),
    unit: 'share',
    definition: text(
      `within30, within40: thủ tục mà Thành phố cam kết rút ngắn (cơ quan của Thành phố, ngoài luồng thường): kết thúc trong thời hạn đã giảm ${commitment}% và ${ambition}%, trên số thủ tục kết thúc trong kỳ cộng số còn mở đã lỡ thời hạn đó tính đến cuối kỳ. Gia hạn không dời thời hạn cam kết.`,
      `within30, within40: procedures that the City promised to shorten (its own bodies, outside the standard lane): ended within the term cut by ${commitment} % and ${ambition} %, out of those that ended in the period and those still open that had missed that term by its end. An extension moves no promised term.`,
    ),
    population: text(
      'Thủ tục có cam kết; vì vậy ít hơn của «đúng hạn».',
      'Procedures with a promise; so fewer than for «on time».',
    ),
    baseline: 'law',
  },
  beside: {
    name: text('Đặt cạnh mức rút ngắn', 'Beside the reduction'),
    unit: 'count',
    definition: text(
      'Để không con số nào đẹp lên mà không ai thấy: hồ sơ chưa xong đã quá mức nền, thủ tục đang quá hạn, hồ sơ có thủ tục quá hạn (kể cả hồ sơ không được tính, trừ luồng thường), nộp lại sau khi rút hoặc bị từ chối, rút sau khi quá hạn, chỉ xong một phần, quyết định luồng sau khi biết kết quả hoặc sau khi đã lỡ hạn; số lần tạm dừng theo căn cứ và số ngày, trả tại bộ phận tiếp nhận (Mẫu số 02), từ chối tiếp nhận (Mẫu số 03), gia hạn, kết quả phải đính chính sau khi cấp.',
      'So that no figure improves unseen: open cases past their baseline, procedures past their date, cases with a broken term (those left out, except of the standard lane, too), filings anew after a withdrawal or refusal, withdrawals after a breach, cases done in part only, lanes decided once a result or a broken term was known; suspensions by ground with their days, dossiers sent back at the counter (form 02), receptions refused (form 03), extensions, results put right once they were issued.',
    ),
    population: text(
      'Trong kỳ; hồ sơ chưa xong và thủ tục đang quá hạn tính đến hôm nay.',
      'Of the period; open cases and open breaches are those of today.',
    ),
    baseline: null,
  },
  priorityCost: {
    name: text('Ưu tiên khiến hồ sơ khác chờ thêm', 'What priority costs the others'),
    unit: 'working-day',
    definition: text(
      'Của từng cơ quan: số ngày làm việc cơ quan giữ hồ sơ trên đường quyết định; trung vị của hồ sơ luồng thường trừ trung vị của hồ sơ luồng xanh. Hai phân bố nêu cạnh nhau kèm N. Dự án của hai luồng khác nhau nên chênh lệch không chỉ do ưu tiên.',
      'Of each agency: working days it held the deciding path of a case; the median of standard-lane cases minus that of green-lane cases. Both spreads stand beside it with N. The projects of the two lanes differ, so the difference is not of priority alone.',
    ),
    population: text(
      'Hồ sơ đạt mốc hoặc kết thúc trong kỳ, ở cơ quan có hồ sơ của cả hai luồng. Ưu tiên chỉ áp dụng cho cơ quan của Thành phố; cơ quan khác nêu để so sánh.',
      'Cases that reached their milestone or ended in the period, at agencies with cases of both lanes. Priority binds the agencies of the City only; the others stand there to compare.',
    ),
    baseline: 'standard-lane',
  },
  refilings: {
    name: text('Nộp lại dự án', 'Filed anew'),
    unit: 'count',
    definition: text(
      'Lần nộp kết thúc mà không được chấp thuận, hoặc kết quả chấp thuận đã bị thu hồi, của cùng nhà đầu tư (kể cả tài khoản khác của cùng doanh nghiệp, cùng quốc gia và tên, hoặc cùng lô đất và quốc gia khi không có mã số để phân biệt), cùng lô đất hoặc cùng khu, trong mười hai tháng: ngày của Thành phố và lần quá hạn tính tiếp vào lần nộp sau, mức nền nhỏ hơn được dùng, khoảng trống là của nhà đầu tư.',
      'A filing that ended without an approval, or whose approval was taken back, of the same investor (also by another account of the same enterprise, by the same country and name, or on the same lot from the same country where no number tells them apart) for the same lot or zone within twelve months: its days of the City and its breaches go on counting in the next one, the smaller baseline counts, the gap is the investor’s.',
    ),
    population: measured,
    baseline: 'law',
  },
  onceOnly: {
    name: text('Giấy tờ không phải nộp', 'Once only'),
    unit: 'share',
    definition: text(
      'Giấy tờ trong thành phần hồ sơ của thủ tục kết thúc trong kỳ, và số giấy tờ đã được khai thác từ cơ sở dữ liệu nhà nước nên không yêu cầu nhà đầu tư nộp. Chỉ tính giấy tờ đã khai thác được; hồ sơ nộp trước khi hệ thống khai thác thì tính theo ghi nhận khi đó.',
      'Documents of the dossiers of procedures that ended in the period, and how many of them were taken from a register of the State, so that the investor was not asked. Only what a register gave counts; of dossiers filed before registers were asked, what was marked then.',
    ),
    population: ended,
    baseline: null,
  },
  automationProcess: {
    name: text('Quy trình được tự động hóa', 'Processes automated'),
    unit: 'share',
    definition: text(
      'Quy trình: một thủ tục. Theo việc đã diễn ra: trong các bước có nội dung đã thực hiện, toàn phần nếu máy làm tất cả, một phần nếu máy làm hoặc hỗ trợ ít nhất một nửa. Bước hình thức (kiểm tra thành phần, chuyển, ghi, công bố) không tính; lấy ý kiến là việc của người, và mỗi giấy tờ lẽ ra lấy từ cơ sở dữ liệu mà nhà đầu tư phải nộp cũng vậy. Bước được hỗ trợ khi ít nhất một nửa nội dung đã viết, tính theo số ký tự, lấy nguyên từ dự thảo của hệ thống; với quyết định là phần lý do và các mục mà hồ sơ không nêu sẵn; kèm tệp của riêng mình thì tính là việc của người.',
      'Process: one procedure. By what happened: of the substantive steps that were done, fully if a machine did all of them, partly if a machine did or assisted at least half. Formal steps (completeness, passing on, recording, publishing) do not count; an opinion is a person’s work, and so is each document that a register should have given and the investor had to. A step is assisted where at least half of what was written with it, counted in letters, came unchanged from the draft of the system; of a decision that is its reasons and the fields that no filing proposes; with a file of one’s own beside the answer it is a person’s.',
    ),
    population: executed,
    baseline: null,
  },
  automationDossier: {
    name: text('Hồ sơ được xử lý tự động', 'Dossiers handled automatically'),
    unit: 'share',
    definition: text('Như với quy trình, tính cho từng hồ sơ.', 'As for a process, counted for each dossier.'),
    population: executed,
    baseline: null,
  },
  automationPlan: {
    name: text('Mức tự động hóa theo thiết kế', 'Automation as designed'),
    unit: 'count',
    definition: text(
      'Mức mà định nghĩa thủ tục dự kiến cho từng bước, trong phiên bản đang có hiệu lực. Không phải kết quả.',
      'What the definition of the procedure plans for each step, in the version now in force. It is no result.',
    ),
    population: text(
      'Mọi thủ tục thuộc các lộ trình của luồng xanh.',
      'Every procedure of the pathways of the green lane.',
    ),
    baseline: null,
  },
  automationTarget: {
    name: text('Mục tiêu tự động hóa', 'Automation target'),
    unit: 'share',
    definition: text(
      `Tối thiểu ${processTarget * 100}% quy trình được tự động hóa một phần hoặc toàn phần (Quyết định 3301/QĐ-UBND).`,
      `At least ${processTarget * 100} % of processes automated partly or fully (Decision 3301/QĐ-UBND).`,
    ),
    population: executed,
    baseline: null,
  },
  fdi: {
    name: text('Vốn nước ngoài đăng ký', 'Foreign capital registered'),
    unit: 'money',
    definition: text(
      'Phần vốn nước ngoài của dự án được cấp giấy chứng nhận (hoặc giấy phép cuối cùng, nếu không cần giấy chứng nhận).',
      'The foreign part of the capital of projects whose certificate was issued (the last licence where none is needed).',
    ),
    population: text(
      'Dự án đăng ký trong kỳ, không tính điều chỉnh.',
      'Projects registered in the period, without adjustments.',
    ),
    baseline: null,
  },
  waiting: {
    name: text('Ngày chờ và ngày làm', 'Waiting and working'),
    unit: 'working-day',
    definition: text(
      'Chờ: ngày làm việc từ khi có việc đến khi có người nhận. Làm: từ đó đến khi xong. Ngày nhà đầu tư giữ hồ sơ hoặc đang xử lý vi phạm không tính. Tiết kiệm được: những ngày chờ mà trong thủ tục không có việc nào khác đang làm hoặc đang chờ, tức là số ngày sẽ rút được nếu nhận việc ngay.',
      'Waiting: working days from when the work came until somebody took it. Working: from then until it was done. Days that the investor had the file, or on which a violation was handled, are in neither. Saving: days of waiting on which nothing else of the procedure was in hand or waiting, so what it would have saved to take it at once.',
    ),
    population: text(
      'Việc của thủ tục đã làm xong trong kỳ, theo bước và cơ quan; thư xin lỗi không tính.',
      'Work of procedures that was finished in the period, by step and agency; letters of apology are left out.',
    ),
    baseline: null,
  },
  earlyWarning: {
    name: text('Khả năng trễ hẹn', 'Chance to miss the promised date'),
    unit: 'share',
    definition: text(
      `Trong các thủ tục giống như vậy đã kéo dài đến mức này, bao nhiêu phần đã vượt thời hạn cam kết (hoặc thời hạn luật, nếu không cam kết ngắn hơn), tính theo Kaplan–Meier từ chính sổ của hệ thống. Giống: cùng thủ tục, cùng cơ quan và cơ quan bận hơn hay ít bận hơn thường lệ vào ngày nhận; ít hơn ${leastHistory} thì chỉ cùng cơ quan, rồi chỉ cùng thủ tục. Độ tin cậy: dự báo lại các hồ sơ đã qua chỉ với điều đã biết vào ngày nhận. Nếu không tốt hơn việc đoán một con số chung thì không hiển thị. Việc nên làm: việc mà nhận ngay hoặc làm xong ngay thì rút được nhiều ngày nhất so với một nửa số việc đã chờ hoặc đã làm lâu như vậy.`,
      `Of procedures like it that lasted as long, the part that went beyond the promised term (that of the law where nothing shorter was promised), by Kaplan and Meier from the register itself. Like it: the same procedure at the same agency, busier or less busy than usual on the day of receipt; below ${leastHistory} of the agency alone, then of the procedure. Reliability: past files are forecast again with nothing but what was known on the day of receipt. No better than one guess for all: not shown. The act that helps: the work that saves most days if it is taken, or finished, at once, against half of the work that had waited, or taken, as long.`,
    ),
    population: text(
      `Thủ tục đang mở, còn trong thời hạn cam kết. Lịch sử: ${mostPast} thủ tục có quyết định kết thúc gần nhất.`,
      `Open procedures within their promised term. History: the ${mostPast} decided procedures that ended last.`,
    ),
    baseline: null,
  },
  opinionsInTime: {
    name: text('Ý kiến trong hạn', 'Opinions in time'),
    unit: 'share',
    definition: text(
      'Số lần cơ quan trả lời lấy ý kiến trong hạn, trên số lần được hỏi. Trả lời sau hạn hoặc không trả lời thì không tính là trong hạn.',
      'Requests for an opinion that the agency answered within their term, out of those it was asked. What comes after the term, or never, is not in time.',
    ),
    population: text(
      'Ý kiến của cơ quan Thành phố và cơ quan trung ương có hạn kết thúc trong kỳ.',
      'Opinions of agencies of the City and of central bodies whose term ended in the period.',
    ),
    baseline: null,
  },
  casesOpened: {
    name: text('Hồ sơ dự án đã nộp', 'Cases opened'),
    unit: 'count',
    definition: text(
      'Số hồ sơ dự án nộp trong kỳ; mỗi lần nộp lại là một hồ sơ.',
      'Project cases filed in the period; each filing anew is one of its own.',
    ),
    population: text('Mọi hồ sơ dự án, mọi luồng.', 'Every project case, of every lane.'),
    baseline: null,
  },
  capitalPromised: {
    name: text('Vốn đầu tư đăng ký', 'Registered capital'),
    unit: 'money',
    definition: text(
      'Tổng vốn đầu tư nêu trong hồ sơ (VND) của dự án được cấp giấy chứng nhận, hoặc giấy phép cuối cùng nếu không cần giấy chứng nhận.',
      'The whole capital that the filing states (VND), of projects whose certificate was issued (the last licence where none is needed).',
    ),
    population: text(
      'Dự án đăng ký trong kỳ, không tính điều chỉnh; dự án chưa rõ vốn được đếm riêng.',
      'Projects registered in the period, without adjustments; those whose capital is not known are counted apart.',
    ),
    baseline: null,
  },
  jobsPromised: {
    name: text('Việc làm dự kiến', 'Planned jobs'),
    unit: 'count',
    definition: text(
      'Số nhân lực sau ba năm nêu trong hồ sơ của dự án đăng ký trong kỳ. Là dự kiến của nhà đầu tư, không phải số đã tuyển.',
      'People whom the filing means to employ after three years, of projects registered in the period. What the investor plans, not who was hired.',
    ),
    population: text(
      'Dự án đăng ký trong kỳ, không tính điều chỉnh; dự án không nêu, hoặc đã xóa nội dung nộp, được đếm riêng.',
      'Projects registered in the period, without adjustments; those that state none, or whose filing was erased, are counted apart.',
    ),
    baseline: null,
  },
  satisfaction: {
    name: text('Mức hài lòng', 'Satisfaction'),
    unit: 'score',
    definition: text(
      'Điểm 1 đến 5, hỏi sau mỗi kết quả và khi hồ sơ kết thúc, kèm tỷ lệ trả lời.',
      '1 to 5, asked after each result and at the end of the case, with the rate of answers.',
    ),
    population: text('Câu hỏi gửi trong kỳ.', 'Questions asked in the period.'),
    baseline: null,
  },
} as const satisfies Readonly<Record<string, Omit<Measure, 'code'>>>;

export type MeasureCode = keyof typeof measures;

/** The catalogue in its order. */
export const measureList: readonly Measure[] = Object.entries(measures).map(([code, measure]) => ({
  code,
  ...measure,
}));

/** What a figure is, in one text: how it is computed, then of what it speaks. */
export const definitionOf = (code: MeasureCode): Text => ({
  vi: `${measures[code].definition.vi} ${measures[code].population.vi}`,
  en: `${measures[code].definition.en} ${measures[code].population.en}`,
});
