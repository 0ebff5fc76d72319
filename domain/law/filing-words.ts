import type { Text } from './agency.js';

/** What one answer of a filing means, in both languages. */
export interface FieldWords {
  readonly name: Text;
  readonly meaning: Text;
  /** What «I don't know» (null, or left out) does; null where an answer is needed. */
  readonly unknown: Text | null;
  readonly where: Text;
  /** What a program that files has to know beside it: how the answer is written, where its codes are. */
  readonly programs?: Text;
}

const text = (vi: string, en: string): Text => ({ vi, en });

// What «I don't know» does where several fields share it.
const officerDecides = text(
  'Chưa rõ thì luồng chưa được quyết định: cán bộ xem và quyết định, không tự coi là có.',
  'Not known leaves the lane undecided: an officer looks and decides; it never counts as yes.',
);
const plannedOnly = text(
  'Chưa rõ thì thành câu hỏi có hạn trả lời; thủ tục liên quan chưa bắt buộc và không kéo dài mức nền cho đến khi có người xác nhận; bổ sung khi đã rõ.',
  'Not known becomes an open question with a date: the procedure it may call for is not mandatory and makes no baseline longer until somebody confirms it; say it once it is known.',
);
const presumedNo = text(
  'Để trống thì tạm coi là không; kết quả sàng lọc ghi rõ điều tạm coi.',
  'Left out, it is presumed to be no; the screening names what it presumes.',
);
const presumed = (vi: string, en: string) =>
  text(
    `Để trống thì tạm coi là ${vi}; kết quả sàng lọc ghi rõ.`,
    `Left out, it is presumed to be ${en}; the screening says so.`,
  );

// Where several answers are found in the same paper.
const proposal = text(
  'Đề xuất dự án đầu tư hoặc báo cáo tiền khả thi.',
  'The investment proposal or the pre-feasibility study.',
);
const basicDesign = text('Thiết kế cơ sở; hỏi đơn vị tư vấn thiết kế.', 'The basic design; ask the design consultant.');
const environment = text(
  'Đơn vị tư vấn môi trường, đối chiếu với danh mục phân nhóm dự án theo tiêu chí môi trường.',
  'The environmental consultant, against the lists that group projects by environmental criteria.',
);
const licences = text(
  'Giấy chứng nhận hoặc quyết định đã cấp cho dự án; hồ sơ đã cấp phép trên luồng xanh thì chỉ cần nêu mã hồ sơ ấy.',
  'The certificate or decision that licensed the project; where a case of the green lane did, naming that case is enough.',
);

/** Every answer of a green-lane filing by its path; `[]` is each member of a list. */
export const filingWords = {
  kind: {
    name: text('Loại hồ sơ', 'Kind of filing'),
    meaning: text(
      'Luôn là `green-lane`: một dự án công nghệ cao, nộp một lần.',
      'Always `green-lane`: one high-tech project, filed once.',
    ),
    unknown: null,
    where: text('Không phải tìm: chỉ có một giá trị.', 'Nothing to look for: there is one value.'),
  },
  'project.name.vi': {
    name: text('Tên dự án bằng tiếng Việt', 'Project name in Vietnamese'),
    meaning: text(
      'Tên in trên mọi giấy tờ tiếng Việt của dự án.',
      'The name printed on every Vietnamese paper of the project.',
    ),
    unknown: null,
    where: proposal,
  },
  'project.name.en': {
    name: text('Tên dự án bằng tiếng Anh', 'Project name in English'),
    meaning: text('Tên in trên các bản tiếng Anh.', 'The name printed on papers in English.'),
    unknown: null,
    where: text(
      'Do nhà đầu tư đặt, như trong hợp đồng hoặc hồ sơ gửi đối tác.',
      'Chosen by the investor, as in contracts and papers for partners.',
    ),
  },
  'project.field': {
    name: text('Lĩnh vực công nghệ', 'Field of technology'),
    meaning: text(
      'Lĩnh vực chính của dự án; chỉ để thống kê và tìm kiếm, không ảnh hưởng đến việc vào luồng xanh.',
      'The main field of the project; for figures and search alone, it does not decide on the green lane.',
    ),
    unknown: null,
    where: text(
      'Chọn lĩnh vực gần nhất; không có thì chọn «Công nghệ cao khác».',
      'Take the nearest field; where there is none, “Other high technology”.',
    ),
    programs: text('Mã trong `values` của mục này ở `GET /fields`.', 'A code of its `values` in `GET /fields`.'),
  },
  'project.summary.vi': {
    name: text('Tóm tắt bằng tiếng Việt', 'Summary in Vietnamese'),
    meaning: text(
      'Dự án làm gì, sản phẩm và công nghệ chính; cán bộ các cơ quan đọc phần này trước tiên.',
      'What the project does, its product and main technology; officers read this first.',
    ),
    unknown: null,
    where: proposal,
  },
  'project.summary.en': {
    name: text('Tóm tắt bằng tiếng Anh', 'Summary in English'),
    meaning: text(
      'Cùng nội dung với bản tiếng Việt, cho chuyên gia và đối tác nước ngoài.',
      'The same as in Vietnamese, for experts and partners from abroad.',
    ),
    unknown: null,
    where: text('Bản dịch của tóm tắt tiếng Việt.', 'A translation of the Vietnamese summary.'),
  },
  'project.site.zone': {
    name: text('Khu nơi đặt dự án', 'Zone'),
    meaning: text(
      'Khu nơi đặt dự án; quyết định cơ quan thẩm quyền và con đường thủ tục nào hợp pháp.',
      'The zone the project stands in; it decides which body is competent and which pathways are lawful.',
    ),
    unknown: text(
      'Chưa chọn được địa điểm: được xem như ngoài khu, nên thủ tục đầu tư đặc biệt chưa được đề xuất.',
      'No site chosen yet: treated as outside the zones, so that the special procedure is not recommended yet.',
    ),
    where: text('Thỏa thuận thuê đất hoặc hỏi ban quản lý khu.', 'The land agreement, or ask the board of the zone.'),
    programs: text(
      'Các mã ở `GET /zones`; `none`: ngoài mọi khu.',
      'The codes are in `GET /zones`; `none`: outside every zone.',
    ),
  },
  'project.site.lot': {
    name: text('Lô đất', 'Lot'),
    meaning: text(
      'Số lô và tên đường, như ban quản lý khu ghi; hai dự án không được tiếp nhận trên cùng một lô.',
      'Number of the lot and street, as the board of the zone writes it; no two dossiers are received for one lot.',
    ),
    unknown: text(
      'Chưa có lô thì chưa giữ chỗ nào: hồ sơ hợp lệ của người khác cho lô ấy vẫn được tiếp nhận trước.',
      'Without a lot nothing is held: a valid dossier of somebody else for it may be received first.',
    ),
    where: text(
      'Biên bản thỏa thuận thuê đất hoặc bản đồ phân lô của khu.',
      'The land agreement or the map of lots of the zone.',
    ),
  },
  'project.site.areaM2': {
    name: text('Diện tích (m²)', 'Area (m²)'),
    meaning: text(
      'Diện tích đất hoặc nhà xưởng dự án sử dụng, tính bằng mét vuông.',
      'Land or factory space the project uses, in square metres.',
    ),
    unknown: null,
    where: text('Thỏa thuận thuê đất, thuê xưởng.', 'The lease of the land or of the factory.'),
  },
  'project.site.land': {
    name: text('Loại đất', 'Kind of land'),
    meaning: text(
      'Cách nhà đầu tư có đất; với đất Nhà nước hoặc đất đã giải phóng mặt bằng thì phải chấp thuận chủ trương đầu tư và thuê đất.',
      'How the investor comes to the land; State land and cleared land call for a policy approval and a land lease.',
    ),
    unknown: null,
    where: text(
      'Hỏi bên cho thuê đất, thuê xưởng hoặc ban quản lý khu.',
      'Ask who lets the land or factory, or the board of the zone.',
    ),
    programs: text('Các mã ở `GET /lands`.', 'The codes are in `GET /lands`.'),
  },
  'project.capital.totalVnd': {
    name: text('Tổng vốn đầu tư (VND)', 'Total investment (VND)'),
    meaning: text(
      'Tổng vốn đầu tư của dự án bằng đồng, ví dụ 115.000.000.000 hoặc 115 tỷ.',
      'The whole investment in dong, for example 115,000,000,000 or 115 billion.',
    ),
    unknown: null,
    where: proposal,
    programs: text(
      'Viết dạng số thập phân, không dấu cách, trong chuỗi.',
      'A decimal number without spaces, as a string.',
    ),
  },
  'project.capital.totalUsd': {
    name: text('Tổng vốn đầu tư (USD)', 'Total investment (USD)'),
    meaning: text(
      'Cùng số vốn ấy quy ra đô la Mỹ theo tỷ giá nhà đầu tư dùng trong hồ sơ.',
      'The same investment in US dollars, at the rate that the investor’s papers use.',
    ),
    unknown: text(
      'Để trống thì giấy tờ chỉ in số tiền bằng đồng.',
      'Left empty, papers print the amount in dong alone.',
    ),
    where: proposal,
  },
  'project.capital.foreignShare': {
    name: text('Tỷ lệ vốn nước ngoài', 'Share of foreign capital'),
    meaning: text(
      'Nhà đầu tư nước ngoài giữ bao nhiêu phần trăm vốn (100: toàn bộ); trên 50 % thì phải có giấy chứng nhận đăng ký đầu tư.',
      'How many percent of the capital foreign investors hold (100: all of it); above 50 % an investment registration certificate is needed.',
    ),
    unknown: null,
    where: text('Thỏa thuận góp vốn.', 'The agreement on contributions of capital.'),
    programs: text('Viết từ 0 đến 1.', 'Written from 0 to 1.'),
  },
  'project.termYears': {
    name: text('Thời hạn (năm)', 'Term (years)'),
    meaning: text(
      'Thời hạn hoạt động của dự án tính bằng năm, nhiều nhất 70.',
      'How many years the project is to run, 70 at most.',
    ),
    unknown: null,
    where: text(
      'Đề xuất dự án đầu tư; thời hạn thuê đất còn lại của khu là giới hạn thực tế.',
      'The investment proposal; what is left of the zone’s land term is the practical limit.',
    ),
  },
  'project.construction': {
    name: text('Có xây dựng', 'Construction'),
    meaning: text(
      'Dự án có xây dựng công trình hay không; có thì lộ trình gồm thẩm định, giấy phép xây dựng và phòng cháy.',
      'Whether anything is built; then the roadmap holds appraisal, construction permit and fire safety.',
    ),
    unknown: null,
    where: proposal,
  },
  'project.feasibilityGroup': {
    name: text('Nhóm dự án xây dựng', 'Group of the construction project'),
    meaning: text(
      'Nhóm A, B hoặc C theo pháp luật xây dựng; quyết định thời hạn thẩm định báo cáo nghiên cứu khả thi.',
      'Group A, B or C under the law on construction; it sets the days for appraising the feasibility study.',
    ),
    unknown: text(
      'Chưa phân nhóm thì tạm coi là không cơ quan nào thẩm định, nên dự án có xây dựng phải xin giấy phép xây dựng. Không xây dựng thì để trống.',
      'Not grouped yet: it is presumed that no agency appraises the study, so that a project that builds needs a construction permit. Leave it empty where nothing is built.',
    ),
    where: basicDesign,
  },
  'project.environmentalGroup': {
    name: text('Nhóm môi trường', 'Environmental group'),
    meaning: text(
      'Nhóm I, II hoặc III theo tiêu chí môi trường, hoặc không thuộc nhóm nào; quyết định đánh giá tác động, giấy phép hoặc đăng ký môi trường.',
      'Group I, II or III by environmental criteria, or none of them; it decides on the impact assessment, the permit or the registration.',
    ),
    unknown: plannedOnly,
    where: environment,
    programs: text('`none`: không thuộc nhóm nào.', '`none`: in none of them.'),
  },
  'project.importsEquipment': {
    name: text('Nhập khẩu thiết bị', 'Imports equipment'),
    meaning: text(
      'Dự án có nhập khẩu thiết bị hay không; có thì lộ trình gồm chế độ ưu tiên hải quan.',
      'Whether equipment is imported; then the roadmap holds the customs priority.',
    ),
    unknown: plannedOnly,
    where: text('Danh mục thiết bị của dự án.', 'The list of equipment of the project.'),
  },
  'project.foreignExperts': {
    name: text('Số chuyên gia nước ngoài', 'Number of foreign experts'),
    meaning: text(
      'Bao nhiêu chuyên gia nước ngoài sẽ làm việc tại đây; có người nào thì lộ trình gồm giấy phép lao động.',
      'How many foreign experts will work here; with any, the roadmap holds work permits.',
    ),
    unknown: plannedOnly,
    where: text('Kế hoạch nhân sự của dự án.', 'The staffing plan of the project.'),
  },
  'project.staffAfterThreeYears': {
    name: text('Lao động sau ba năm', 'Staff after three years'),
    meaning: text(
      'Tổng số người làm việc dự kiến sau ba năm hoạt động.',
      'How many people are expected to work here after three years.',
    ),
    unknown: text('Không thủ tục nào phụ thuộc con số này.', 'No procedure depends on this number.'),
    where: text('Kế hoạch nhân sự của dự án.', 'The staffing plan of the project.'),
  },
  'project.restrictedTechnology': {
    name: text('Công nghệ hạn chế chuyển giao', 'Technology restricted from transfer'),
    meaning: text(
      'Công nghệ của dự án có thuộc danh mục hạn chế chuyển giao hay không; có thì cần chấp thuận và giấy phép chuyển giao.',
      'Whether the technology is on the list of restricted transfers; then an approval and a permit of the transfer are needed.',
    ),
    unknown: plannedOnly,
    where: text(
      'Danh mục công nghệ hạn chế chuyển giao; hỏi Sở Khoa học và Công nghệ.',
      'The list of restricted technologies; ask the Department of Science and Technology.',
    ),
  },
  'project.highTechListed': {
    name: text('Thuộc danh mục công nghệ cao', 'On the high-tech list'),
    meaning: text(
      'Công nghệ hoặc sản phẩm có thuộc danh mục công nghệ cao hay không: một trong ba điều kiện của luồng xanh.',
      'Whether the technology or product is on the high-tech list: one of the three tests of the green lane.',
    ),
    unknown: officerDecides,
    where: text(
      'Danh mục công nghệ cao được ưu tiên, danh mục sản phẩm công nghệ cao; hỏi ban quản lý khu công nghệ cao.',
      'The lists of prioritised high technologies and of high-tech products; ask the board of the high-tech park.',
    ),
  },
  'project.internationallyLinked': {
    name: text('Liên kết quốc tế', 'Internationally linked'),
    meaning: text(
      'Dự án có vốn, đối tác hoặc công nghệ từ nước ngoài hay không: điều kiện thứ hai của luồng xanh.',
      'Whether capital, a partner or technology comes from abroad: the second test of the green lane.',
    ),
    unknown: officerDecides,
    where: text(
      'Hợp đồng liên doanh, chuyển giao công nghệ hoặc biên bản hợp tác.',
      'The joint-venture, technology-transfer or cooperation agreement.',
    ),
  },
  'project.strategicInvestor': {
    name: text('Nhà đầu tư chiến lược', 'Strategic investor'),
    meaning: text(
      'Nhà đầu tư đã được công nhận là nhà đầu tư chiến lược của Thành phố hay chưa; có thì con đường chiến lược mới hợp pháp.',
      'Whether the investor was recognised as a strategic investor of the City; only then the strategic pathway is lawful.',
    ),
    unknown: text(
      'Chưa rõ thì con đường chiến lược không được đề xuất.',
      'Not known: the strategic pathway is not recommended.',
    ),
    where: text('Văn bản công nhận của Thành phố.', 'The City’s letter of recognition.'),
  },
  'project.keyProjectListed': {
    name: text('Thuộc danh mục dự án trọng điểm', 'On the list of key projects'),
    meaning: text(
      'Dự án có trong danh mục dự án trọng điểm Thành phố công bố hay không: điều kiện thứ ba của luồng xanh.',
      'Whether the project is on the City’s published list of key projects: the third test of the green lane.',
    ),
    unknown: officerDecides,
    where: text('Danh mục dự án trọng điểm do Thành phố công bố.', 'The list of key projects that the City publishes.'),
  },
  'project.classOneWorks': {
    name: text('Công trình chính từ cấp I', 'Main works of class I or above'),
    meaning: text(
      'Công trình chính có từ cấp I trở lên hay không; có thì thời hạn thẩm định báo cáo nghiên cứu khả thi dài hơn.',
      'Whether the main works are of class I or above; then the appraisal of the feasibility study has more days.',
    ),
    unknown: presumedNo,
    where: basicDesign,
  },
  'project.feasibilityAppraisedByAgency': {
    name: text('Cơ quan nhà nước thẩm định khả thi', 'Feasibility appraised by an agency'),
    meaning: text(
      'Báo cáo nghiên cứu khả thi có phải do cơ quan chuyên môn về xây dựng thẩm định hay không; không thì phải xin giấy phép xây dựng.',
      'Whether an agency for construction appraises the feasibility study; if not, a construction permit is needed.',
    ),
    unknown: presumed('có khi dự án đã có nhóm', 'yes where the project has a group'),
    where: text(
      'Đơn vị tư vấn thiết kế, hoặc hỏi ban quản lý khu.',
      'The design consultant, or ask the board of the zone.',
    ),
  },
  'project.fireListedWorks': {
    name: text('Công trình phải thẩm định phòng cháy', 'Works listed for fire safety'),
    meaning: text(
      'Công trình có thuộc danh mục phải thẩm định thiết kế về phòng cháy, chữa cháy hay không.',
      'Whether the works are listed for the appraisal of their fire-safety design.',
    ),
    unknown: presumed('có khi dự án có xây dựng', 'yes where anything is built'),
    where: text(
      'Đơn vị tư vấn phòng cháy, hoặc hỏi cơ quan cảnh sát phòng cháy.',
      'The fire-safety consultant, or ask the fire police.',
    ),
  },
  'project.eiaRequired': {
    name: text('Phải đánh giá tác động môi trường', 'Impact assessment required'),
    meaning: text(
      'Dự án có phải lập báo cáo đánh giá tác động môi trường hay không.',
      'Whether an environmental impact assessment has to be made.',
    ),
    unknown: presumed('có với nhóm môi trường I và II', 'yes in the environmental groups I and II'),
    where: environment,
  },
  'project.environmentalPermitShortForm': {
    name: text('Giấy phép môi trường rút gọn', 'Environmental permit in the short form'),
    meaning: text(
      'Giấy phép môi trường có được xét theo thủ tục rút gọn, ít ngày hơn, hay không.',
      'Whether the environmental permit goes by the short form, with fewer days.',
    ),
    unknown: presumedNo,
    where: text(
      'Hỏi Sở Nông nghiệp và Môi trường hoặc đơn vị tư vấn môi trường.',
      'Ask the Department of Agriculture and Environment or the environmental consultant.',
    ),
  },
  'project.defenceSensitiveArea': {
    name: text('Khu vực ảnh hưởng quốc phòng, an ninh', 'Area sensitive for defence'),
    meaning: text(
      'Địa điểm có ảnh hưởng đến quốc phòng, an ninh hay không; có thì cơ quan quân sự và công an được hỏi ý kiến.',
      'Whether the site matters for defence and security; then the military and the police are asked.',
    ),
    unknown: presumedNo,
    where: text(
      'Hỏi ban quản lý khu hoặc Sở Quy hoạch - Kiến trúc.',
      'Ask the board of the zone or the Department of Planning and Architecture.',
    ),
  },
  'project.article24Clause': {
    name: text('Khoản của Điều 24', 'Clause of Article 24'),
    meaning: text(
      'Dự án thuộc khoản nào của Điều 24 Luật Đầu tư, nếu có; có khoản thì phải chấp thuận chủ trương, vài khoản loại trừ thủ tục đặc biệt.',
      'Which clause of Article 24 of the Investment Law the project falls under, if any; then a policy approval is needed, and some clauses rule the special procedure out.',
    ),
    unknown: presumed('không thuộc khoản nào', 'none of them'),
    where: text(
      'Luật Đầu tư, Điều 24; hỏi luật sư hoặc Sở Tài chính.',
      'The Investment Law, Article 24; ask a lawyer or the Department of Finance.',
    ),
  },
  'project.technologyTransferContract': {
    name: text('Hợp đồng chuyển giao công nghệ', 'Technology-transfer contract'),
    meaning: text(
      'Dự án có hợp đồng chuyển giao công nghệ phải đăng ký hay không.',
      'Whether there is a contract of technology transfer that has to be registered.',
    ),
    unknown: presumedNo,
    where: text('Hợp đồng với bên chuyển giao.', 'The contract with whoever transfers it.'),
  },
  'project.primeMinisterCase': {
    name: text('Thuộc thẩm quyền Thủ tướng', 'Prime Minister’s case'),
    meaning: text(
      'Chủ trương đầu tư có thuộc thẩm quyền Thủ tướng Chính phủ hay không (Luật Đầu tư, Điều 25.2).',
      'Whether the Prime Minister approves the policy (Investment Law, Article 25.2).',
    ),
    unknown: presumedNo,
    where: text(
      'Luật Đầu tư, Điều 25; hỏi Sở Tài chính.',
      'The Investment Law, Article 25; ask the Department of Finance.',
    ),
  },
  'project.adjustment.change': {
    name: text('Nội dung điều chỉnh', 'What is adjusted'),
    meaning: text(
      'Dự án đã cấp phép thay đổi điều gì. Nội dung nêu tại Điều 56.1 Nghị định 96/2026/NĐ-CP có thời hạn ngắn nhất; nội dung thuộc khoản 3 Điều 33 Luật Đầu tư của dự án đã được chấp thuận chủ trương thì điều chỉnh chủ trương trước.',
      'What of a licensed project changes. What Article 56.1 of Decree 96/2026 names has the fewest days; where the project has a policy approval, what falls under Article 33.3 of the Investment Law needs the approval adjusted first.',
    ),
    unknown: text('Để trống cả phần điều chỉnh: là dự án mới.', 'Leave the adjustment out: it is a new project.'),
    where: text('Nghị quyết hoặc quyết định điều chỉnh của nhà đầu tư.', 'The investor’s own decision on the change.'),
  },
  'project.adjustment.licensedBy': {
    name: text('Con đường đã cấp phép', 'Pathway that licensed it'),
    meaning: text(
      'Dự án được cấp phép theo con đường nào; dự án cấp theo thủ tục đặc biệt được điều chỉnh cũng theo thủ tục ấy.',
      'By which pathway the project was licensed; one licensed by the special procedure is adjusted by it, too.',
    ),
    unknown: text('Để trống cả phần điều chỉnh: là dự án mới.', 'Leave the adjustment out: it is a new project.'),
    where: licences,
  },
  'project.adjustment.policyApproval': {
    name: text('Đã được chấp thuận chủ trương đầu tư', 'Has a policy approval'),
    meaning: text(
      'Dự án được điều chỉnh đã có quyết định chấp thuận chủ trương đầu tư hay chưa, theo sổ đăng ký.',
      'Whether the project that is adjusted has a policy approval, as the register has it.',
    ),
    unknown: text(
      'Để trống: hồ sơ gốc cho biết; nếu không có thì cán bộ xác nhận.',
      'Left out: the case that licensed it says so; where it does not, an officer confirms it.',
    ),
    where: licences,
  },
  'investor.name': {
    name: text('Tên nhà đầu tư', 'Name of the investor'),
    meaning: text(
      'Tên đầy đủ của tổ chức, bằng chữ La-tinh, như trên giấy đăng ký.',
      'The full name of the organisation in Latin letters, as on its registration.',
    ),
    unknown: null,
    where: text('Giấy đăng ký của tổ chức tại nước mình.', 'The registration of the organisation in its own country.'),
  },
  'investor.country': {
    name: text('Quốc gia', 'Country'),
    meaning: text(
      'Nước nơi nhà đầu tư đăng ký, ví dụ Hà Lan; ngoài Việt Nam thì cần giấy chứng nhận đăng ký đầu tư.',
      'Where the investor is registered, for example Netherlands; other than Viet Nam an investment registration certificate is needed.',
    ),
    unknown: null,
    where: text('Giấy đăng ký của tổ chức.', 'The registration of the organisation.'),
    programs: text('Mã hai chữ ISO 3166-1.', 'Two letters of ISO 3166-1.'),
  },
  'investor.registrationNumber': {
    name: text('Mã số doanh nghiệp tại Việt Nam', 'Registration number in Viet Nam'),
    meaning: text(
      'Mã số của công ty đã thành lập tại Việt Nam.',
      'The number of a company already founded in Viet Nam.',
    ),
    unknown: text(
      'Để trống: chưa có công ty tại Việt Nam, nên nhà đầu tư nước ngoài còn phải đăng ký doanh nghiệp và thuế.',
      'Left empty: there is no company in Viet Nam yet, so a foreign investor still has to register enterprise and tax.',
    ),
    where: text(
      'Giấy chứng nhận đăng ký doanh nghiệp tại Việt Nam.',
      'The enterprise registration certificate in Viet Nam.',
    ),
    programs: text(
      '`POST /known-facts` hỏi hộ cơ sở dữ liệu quốc gia.',
      '`POST /known-facts` asks the national register.',
    ),
  },
  'investor.language': {
    name: text('Ngôn ngữ liên hệ', 'Language of contact'),
    meaning: text(
      'Thông báo và giấy tờ gửi nhà đầu tư được viết bằng tiếng này.',
      'Notices and papers for the investor are written in it.',
    ),
    unknown: null,
    where: text('Do nhà đầu tư chọn.', 'The investor’s choice.'),
  },
  'documents[].procedure': {
    name: text('Thủ tục của giấy tờ', 'Procedure of a document'),
    meaning: text(
      'Giấy tờ nộp kèm thuộc hồ sơ của thủ tục nào.',
      'Into the dossier of which procedure a document given with the filing belongs.',
    ),
    unknown: null,
    where: text(
      'Mã thủ tục ở `GET /procedures` hoặc trong kết quả sàng lọc.',
      'The code in `GET /procedures`, or in the screening.',
    ),
  },
  'documents[].code': {
    name: text('Mã giấy tờ', 'Code of a document'),
    meaning: text('Giấy tờ này là thành phần nào của hồ sơ ấy.', 'Which part of that dossier the document is.'),
    unknown: null,
    where: text(
      'Phần `documents` của thủ tục ở `GET /procedures`.',
      'The `documents` of the procedure in `GET /procedures`.',
    ),
  },
  'documents[].documentId': {
    name: text('Mã tệp đã tải lên', 'Id of the uploaded file'),
    meaning: text('Tệp nào trong các tệp nhà đầu tư đã tải lên.', 'Which of the files that the investor has uploaded.'),
    unknown: null,
    where: text('Câu trả lời của `POST /documents`.', 'The answer of `POST /documents`.'),
  },
  'assumed[]': {
    name: text('Điều tạm giả định', 'What is assumed'),
    meaning: text(
      'Ghi chú: những gì trong hồ sơ chưa chắc chắn; không thủ tục nào phụ thuộc.',
      'A remark: what of the filing is not certain; no procedure depends on it.',
    ),
    unknown: text('Để trống: không giả định gì.', 'Left out: nothing is assumed.'),
    where: text('Do người lập hồ sơ ghi.', 'Whoever prepares the filing writes it.'),
  },
  'sources[]': {
    name: text('Nguồn thông tin', 'Sources'),
    meaning: text(
      'Ghi chú: hồ sơ dựa trên tài liệu nào; không thủ tục nào phụ thuộc.',
      'A remark: on which papers the filing rests; no procedure depends on it.',
    ),
    unknown: text('Để trống: không nêu nguồn.', 'Left out: no source is named.'),
    where: text('Do người lập hồ sơ ghi.', 'Whoever prepares the filing writes it.'),
  },
} as const satisfies Readonly<Record<string, FieldWords>>;

export type FieldPath = keyof typeof filingWords;

const toFind = text('Nơi tìm:', 'Where to look:');

/** What the contract says of a field: first in English, then in Vietnamese. */
export function describeField(path: FieldPath): string {
  const { meaning, unknown, where, programs }: FieldWords = filingWords[path];
  const said = [meaning, ...(unknown ? [unknown] : []), toFind, where, ...(programs ? [programs] : [])];
  return (['en', 'vi'] as const).map((language) => said.map((one) => one[language]).join(' ')).join('\n\n');
}
