/** What each sealed paper is called, for whoever checks its code without our catalogue; the names are those of the catalogue. */
export const paperNames: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  '01': { vi: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', en: 'Receipt of dossier and appointment for result' },
  '02': { vi: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', en: 'Request to supplement and complete the dossier' },
  '03': { vi: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ', en: 'Refusal to receive and handle the dossier' },
  '04': {
    vi: 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết',
    en: 'Apology and request to extend the processing time',
  },
  '05': { vi: 'Thông báo dừng giải quyết hồ sơ', en: 'Notice that handling of the dossier is stopped' },
  decision: { vi: 'Kết quả giải quyết thủ tục hành chính', en: 'Result of the procedure' },
  'council-minutes': { vi: 'Biên bản họp Hội đồng thẩm định thử nghiệm', en: 'Minutes of the council on a trial' },
  'trial-certificate': {
    vi: 'Giấy chứng nhận hoàn thành thử nghiệm có kiểm soát',
    en: 'Certificate of completion of a controlled trial',
  },
  'result-correction': { vi: 'Quyết định đính chính kết quả giải quyết', en: 'Correction of a result' },
  'result-revocation': { vi: 'Quyết định thu hồi kết quả giải quyết', en: 'Revocation of a result' },
  opinion: { vi: 'Văn bản cho ý kiến của cơ quan', en: 'Opinion of an agency' },
};
