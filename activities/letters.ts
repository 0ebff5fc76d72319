/**
 * What the bodies are told that watch over a project under commitments: Decree 96/2026/NĐ-CP Art. 47.5c. Ids only: the certificate and the
 * commitments themselves stay in the dossier, which they may read from then on.
 */
export function certificateMessage({
  dossierCode,
  number,
  documents,
}: {
  dossierCode: string;
  number: string;
  documents: readonly string[];
}): { subject: string; text: string } {
  return {
    subject: `Giấy chứng nhận đăng ký đầu tư kèm cam kết, hồ sơ ${dossierCode}`,
    text:
      'Kính gửi Quý cơ quan,\n\n' +
      'Căn cứ điểm c khoản 5 Điều 47 Nghị định số 96/2026/NĐ-CP, Luồng Xanh gửi đồng thời đến các cơ quan quản lý nhà nước về trật tự xây dựng, ' +
      'khoa học và công nghệ, bảo vệ môi trường, phòng cháy, chữa cháy thông tin về Giấy chứng nhận đăng ký đầu tư kèm cam kết của nhà đầu tư:\n' +
      `- Mã hồ sơ: ${dossierCode}\n- Số kết quả giải quyết: ${number}\n\n` +
      'Quý cơ quan có thể đối chiếu chữ ký số của kết quả theo số nêu trên tại mục tra cứu công khai của Luồng Xanh. ' +
      `Quý cơ quan được đọc hồ sơ này trên Luồng Xanh${commitments(documents)}.\n\n` +
      'Trân trọng,\nLuồng Xanh - Thành phố Hồ Chí Minh',
  };
}

const commitments = (documents: readonly string[]): string =>
  documents.length === 0 ? '' : `; văn bản cam kết mang mã tài liệu ${documents.join(', ')}`;
