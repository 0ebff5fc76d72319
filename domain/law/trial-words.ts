import type { Solution, SandboxFiling } from '../schemas/trial.js';
import type { Text } from './agency.js';
import type { Catalogue } from './catalogue.js';
import { type LeafOf, tongues, zoneWords } from './filing-fields.js';
import { type FieldWords, filingWords } from './filing-words.js';

const text = (vi: string, en: string): Text => ({ vi, en });

const officerDecides = text(
  'Chưa rõ thì không tự coi là có hay không: nơi nào quy định hỏi đến, cán bộ xem và quyết định trước khi tiếp nhận.',
  'Not known counts neither as yes nor as no: where a rule asks for it, an officer looks and decides before the admission begins.',
);
const scheme = text('Đề án thử nghiệm của tổ chức tham gia.', 'The participant’s own scheme of the trial.');
const design = text(
  'Thiết kế kỹ thuật của giải pháp; hỏi người phụ trách dữ liệu và an toàn thông tin.',
  'The technical design; ask whoever is responsible for data and information security.',
);
const lawyer = text('Đề án thử nghiệm; hỏi bộ phận pháp chế.', 'The scheme of the trial; ask your lawyers.');

/** `declared` has a place for each limit that a regime wants declared. */
type Filed = Omit<SandboxFiling, 'solution'> & { readonly solution: Omit<Solution, 'declared'> };
export type TrialField = LeafOf<Filed> | 'solution.declared';

/** What each answer of a trial’s filing means. An answer without its words does not compile. */
export const trialWords: Readonly<Record<TrialField, FieldWords>> = {
  kind: {
    name: filingWords.kind.name,
    meaning: text('Luôn là `sandbox`: một giải pháp xin thử nghiệm.', 'Always `sandbox`: one solution to be tried.'),
    unknown: null,
    where: filingWords.kind.where,
  },
  regime: {
    name: text('Cơ chế thử nghiệm', 'Regime'),
    meaning: text(
      'Xin thử nghiệm theo cơ chế nào, khi nhiều cơ chế cùng nhận.',
      'Under which regime it is to be tried, where several would take it.',
    ),
    unknown: text('Để trống: cơ chế duy nhất nhận giải pháp.', 'Left out: the only one that takes it.'),
    where: text(
      'Trang «Cơ chế thử nghiệm»; kết quả kiểm tra trước khi nộp.',
      'The page «Sandbox regimes»; the check before filing.',
    ),
  },
  'solution.name.vi': {
    name: text('Tên giải pháp bằng tiếng Việt', 'Name of the solution in Vietnamese'),
    meaning: text('Tên in trên mọi giấy tờ tiếng Việt.', 'The name printed on every Vietnamese paper.'),
    unknown: null,
    where: scheme,
  },
  'solution.name.en': {
    name: text('Tên giải pháp bằng tiếng Anh', 'Name of the solution in English'),
    meaning: text('Tên in trên các bản tiếng Anh.', 'The name printed on papers in English.'),
    unknown: null,
    where: scheme,
  },
  'solution.summary.vi': {
    name: text('Tóm tắt bằng tiếng Việt', 'Summary in Vietnamese'),
    meaning: text(
      'Thử nghiệm điều gì, ở đâu, với ai, ai giám sát.',
      'What is tried, where, with whom, and who watches over it.',
    ),
    unknown: null,
    where: scheme,
  },
  'solution.summary.en': {
    name: text('Tóm tắt bằng tiếng Anh', 'Summary in English'),
    meaning: text('Như bản tiếng Việt, bằng tiếng Anh.', 'As in Vietnamese, in English.'),
    unknown: null,
    where: scheme,
  },
  'solution.field': {
    name: text('Lĩnh vực', 'Field'),
    meaning: text(
      'Lĩnh vực mà một cơ chế thử nghiệm nhận; quyết định cơ chế nào được xét.',
      'A field that a regime takes; it decides which regimes are looked at.',
    ),
    unknown: null,
    where: text('Trang «Cơ chế thử nghiệm».', 'The page «Sandbox regimes».'),
  },
  'solution.sites[].zone': {
    name: text('Khu', 'Zone'),
    meaning: text(
      'Nơi thử nghiệm nằm trong khu nào; có cơ chế chỉ nhận thử nghiệm trong vài khu.',
      'In which zone it is tried; some regimes take trials in a few zones only.',
    ),
    unknown: null,
    where: scheme,
  },
  'solution.sites[].area': {
    name: text('Khu vực cụ thể', 'Area'),
    meaning: text('Tòa nhà, tuyến đường hoặc vùng bay.', 'A building, a route, a flight box.'),
    unknown: null,
    where: scheme,
  },
  'solution.months': {
    name: text('Thời gian thử nghiệm (tháng)', 'Months asked for'),
    meaning: text(
      'Số tháng dương lịch; mỗi cơ chế có thời hạn dài nhất.',
      'Civil months; every regime has its longest term.',
    ),
    unknown: null,
    where: scheme,
  },
  'solution.users': {
    name: text('Số người sử dụng', 'Users'),
    meaning: text('Nhiều nhất bao nhiêu người tham gia thử nghiệm.', 'How many people take part at most.'),
    unknown: officerDecides,
    where: scheme,
  },
  'solution.valueVnd': {
    name: text('Giá trị giao dịch (VND)', 'Value at stake (VND)'),
    meaning: text(
      'Tổng giá trị giao dịch hoặc tài sản trong thử nghiệm.',
      'Value of all transactions or property in the trial.',
    ),
    unknown: officerDecides,
    where: scheme,
  },
  'solution.dataLocation': {
    name: text('Nơi lưu dữ liệu', 'Where data is kept'),
    meaning: text('Dữ liệu người sử dụng được lưu ở đâu.', 'Where data of users is kept.'),
    unknown: officerDecides,
    where: design,
  },
  'solution.crossBorder': {
    name: text('Cung cấp qua biên giới', 'Across the border'),
    meaning: text(
      'Dịch vụ thử nghiệm có cung cấp qua biên giới hay không.',
      'Whether the service is given across the border.',
    ),
    unknown: officerDecides,
    where: scheme,
  },
  'solution.otherProvinces': {
    name: text('Cả ở tỉnh khác', 'In other provinces, too'),
    meaning: text(
      'Có thử nghiệm ngoài Thành phố Hồ Chí Minh hay không; Thành phố chỉ quyết định trên địa bàn mình.',
      'Whether it is tried outside Ho Chi Minh City; the City decides on its own territory alone.',
    ),
    unknown: officerDecides,
    where: scheme,
  },
  'solution.realUsers': {
    name: text('Người sử dụng thực', 'Real users'),
    meaning: text(
      'Có người sử dụng thực và kết quả được dùng trong hoạt động thực tế hay không.',
      'Whether real people use it and its results are used in real activity.',
    ),
    unknown: officerDecides,
    where: scheme,
  },
  'solution.directLegalEffect': {
    name: text('Trực tiếp làm phát sinh quyền, nghĩa vụ', 'Direct legal effect'),
    meaning: text(
      'Kết quả có trực tiếp làm phát sinh, thay đổi hoặc chấm dứt quyền, nghĩa vụ hay không.',
      'Whether its results directly create, change or end rights or duties.',
    ),
    unknown: officerDecides,
    where: lawyer,
  },
  'solution.sensitiveData': {
    name: text('Dữ liệu nhạy cảm', 'Sensitive data'),
    meaning: text(
      'Có xử lý dữ liệu cá nhân nhạy cảm, dữ liệu quan trọng, dữ liệu cốt lõi hay không.',
      'Whether sensitive personal, important or core data is processed.',
    ),
    unknown: officerDecides,
    where: design,
  },
  'solution.nationalSecuritySystem': {
    name: text('Kết nối hệ thống quan trọng về an ninh quốc gia', 'System important to national security'),
    meaning: text(
      'Có chạy trong hoặc kết nối trực tiếp với hệ thống thông tin quan trọng về an ninh quốc gia hay không.',
      'Whether it runs in, or connects directly to, an information system important to national security.',
    ),
    unknown: officerDecides,
    where: design,
  },
  'solution.closedTest': {
    name: text('Chỉ thử trong nội bộ', 'Internal test only'),
    meaning: text(
      'Chỉ thử trong môi trường kín, không có người sử dụng bên ngoài.',
      'Tried in a closed environment, without users from outside.',
    ),
    unknown: officerDecides,
    where: scheme,
  },
  'solution.canHarm': {
    name: text('Có thể gây thiệt hại', 'Can do harm'),
    meaning: text('Có thể gây thiệt hại về người, tài sản hay không.', 'Whether people or property can come to harm.'),
    unknown: officerDecides,
    where: text('Đánh giá rủi ro trong đề án thử nghiệm.', 'The assessment of risks in the scheme.'),
  },
  'solution.insured': {
    name: text('Đã có bảo hiểm', 'Insured'),
    meaning: text('Thiệt hại có được bảo hiểm hay không.', 'Whether harm is insured.'),
    unknown: officerDecides,
    where: text('Hợp đồng bảo hiểm.', 'The insurance contract.'),
  },
  'solution.regulatedByLaw': {
    name: text('Pháp luật đã có quy định', 'The law has rules for it'),
    meaning: text(
      'Pháp luật hiện hành đã quy định đầy đủ về giải pháp hay chưa.',
      'Whether the law in force has full rules for it already.',
    ),
    unknown: officerDecides,
    where: lawyer,
  },
  'solution.declared': {
    name: text('Thông số phải khai', 'What has to be declared'),
    meaning: text(
      'Thông số mà cơ chế giới hạn ngay khi tiếp nhận.',
      'Figures that the regime limits from the beginning.',
    ),
    unknown: text('Chưa khai thì cán bộ hỏi trước khi quyết định.', 'Not declared: an officer asks before deciding.'),
    where: design,
  },
  'solution.exemptionsSought[].act': {
    name: text('Văn bản đang vướng', 'The rule in the way'),
    meaning: text(
      'Luật, nghị định hoặc quy định mà thử nghiệm xin không áp dụng.',
      'The law, decree or rule that the trial asks not to be held to.',
    ),
    unknown: text('Để trống: không xin miễn gì.', 'Left out: nothing is asked for.'),
    where: lawyer,
  },
  'solution.exemptionsSought[].article': {
    name: text('Điều, khoản', 'Article'),
    meaning: text('Điều, khoản, điểm của văn bản ấy.', 'Article, clause and point of it.'),
    unknown: text('Để trống: không xin miễn gì.', 'Left out: nothing is asked for.'),
    where: lawyer,
  },
  'applicant.name': {
    ...filingWords['investor.name'],
    name: text('Tên tổ chức tham gia', 'Name of the participant'),
  },
  'applicant.country': {
    name: filingWords['investor.country'].name,
    meaning: text('Nước nơi tổ chức đăng ký, ví dụ Việt Nam.', 'Where it is registered, for example Viet Nam.'),
    unknown: null,
    where: filingWords['investor.country'].where,
  },
  'applicant.registrationNumber': {
    name: filingWords['investor.registrationNumber'].name,
    meaning: filingWords['investor.registrationNumber'].meaning,
    unknown: text('Để trống: chưa có công ty tại Việt Nam.', 'Left empty: there is no company in Viet Nam yet.'),
    where: text('Giấy chứng nhận đăng ký doanh nghiệp.', 'The enterprise registration certificate.'),
  },
  'applicant.language': filingWords['investor.language'],
  'applicant.kind': {
    name: text('Loại tổ chức tham gia', 'Kind of participant'),
    meaning: text(
      'Cơ chế nhận những loại tổ chức nào thì chọn loại ấy.',
      'The kind of participant, as regimes name those that they take.',
    ),
    unknown: null,
    where: text(
      'Trang của cơ chế; giấy đăng ký của tổ chức.',
      'The regime’s page; the registration of the organisation.',
    ),
  },
  'applicant.operatesInPark': {
    name: text('Hoạt động trong khu', 'Operates in the parks'),
    meaning: text(
      'Tổ chức có hoạt động trong khu công nghệ cao, khu công nghệ số hay không.',
      'Whether it operates in the high-tech or digital-technology parks.',
    ),
    unknown: officerDecides,
    where: text('Giấy phép hoặc hợp đồng thuê trong khu.', 'The licence or lease in the park.'),
  },
  'applicant.smallOrStartUp': {
    name: text('Doanh nghiệp nhỏ hoặc khởi nghiệp', 'Small enterprise or start-up'),
    meaning: text(
      'Là doanh nghiệp nhỏ và vừa hoặc khởi nghiệp sáng tạo hay không.',
      'Whether it is a small or medium enterprise or a start-up.',
    ),
    unknown: officerDecides,
    where: text('Báo cáo tài chính, lao động gần nhất.', 'The latest accounts and number of staff.'),
  },
  'documents[].code': filingWords['documents[].code'],
  'documents[].documentId': filingWords['documents[].documentId'],
  'assumed[]': filingWords['assumed[]'],
  'sources[]': filingWords['sources[]'],
};

/** Kinds of participants that regimes name. A kind that the City publishes without words here is shown by its code. */
const applicantKinds: Readonly<Record<string, Text>> = {
  organisation: text('Tổ chức', 'Organisation'),
  individual: text('Cá nhân', 'Individual'),
  enterprise: text('Doanh nghiệp', 'Enterprise'),
  'spin-off': text('Doanh nghiệp khởi nguồn (spin-off)', 'Spin-off'),
  'challenge-winner': text('Đơn vị thắng Thử thách Công nghệ Thành phố', 'Winner of the City’s technology challenge'),
  'legal-entity-operating-in-the-parks': text(
    'Pháp nhân hoạt động trong các khu',
    'Legal entity operating in the parks',
  ),
  'credit-institution': text('Tổ chức tín dụng', 'Credit institution'),
  'foreign-bank-branch': text('Chi nhánh ngân hàng nước ngoài', 'Branch of a foreign bank'),
  'fintech-company': text('Công ty công nghệ tài chính', 'Fintech company'),
  'ifc-member': text('Thành viên Trung tâm tài chính quốc tế', 'Member of the International Financial Centre'),
  'applicant-for-membership': text(
    'Đang xin làm thành viên Trung tâm tài chính quốc tế',
    'Applicant for its membership',
  ),
  'data-centre-project-owner': text('Chủ dự án trung tâm dữ liệu', 'Owner of a data-centre project'),
};

const dataLocations: Readonly<Record<NonNullable<Solution['dataLocation']>, Text>> = {
  none: text('Không lưu dữ liệu người sử dụng', 'No data of users is kept'),
  'in-country': text('Tại Việt Nam', 'In Viet Nam'),
  abroad: text('Ở nước ngoài', 'Abroad'),
};

/** What a field of a trial’s filing may be, where it is one of a few; what regimes take is theirs to say. */
export function trialValues(
  { regimes }: Pick<Catalogue, 'regimes'>,
  path: TrialField,
): Readonly<Record<string, Text>> | undefined {
  const all = [...regimes.values()].map(({ regime }) => regime);
  switch (path) {
    case 'solution.field':
      return Object.fromEntries(all.flatMap(({ fields }) => fields).map(({ code, name }) => [code, name]));
    case 'solution.sites[].zone':
      return Object.fromEntries(Object.entries(zoneWords).map(([code, { name }]) => [code, name]));
    case 'solution.dataLocation':
      return dataLocations;
    case 'applicant.kind':
      return Object.fromEntries(
        all.flatMap(({ applicant }) => applicant.kinds).map((code) => [code, applicantKinds[code] ?? text(code, code)]),
      );
    case 'applicant.language':
      return tongues;
    default:
      return undefined;
  }
}
