/**
 * What the bodies are told that watch over a project under commitments: Decree 96/2026/NĐ-CP Art. 47.5c. Ids only: the certificate and the
 * commitments themselves stay in the dossier.
 */
export function certificateMessage({ dossierCode, number }: { dossierCode: string; number: string }): {
  subject: string;
  text: string;
} {
  return {
    subject: `Giấy chứng nhận đăng ký đầu tư kèm cam kết, hồ sơ ${dossierCode}`,
    text:
      'Kính gửi Quý cơ quan,\n\n' +
      'Căn cứ điểm c khoản 5 Điều 47 Nghị định số 96/2026/NĐ-CP, Luồng Xanh gửi đồng thời đến các cơ quan quản lý nhà nước về trật tự xây dựng, ' +
      'khoa học và công nghệ, bảo vệ môi trường, phòng cháy, chữa cháy thông tin về Giấy chứng nhận đăng ký đầu tư kèm cam kết của nhà đầu tư:\n' +
      `- Mã hồ sơ: ${dossierCode}\n- Số kết quả giải quyết: ${number}\n\n` +
      'Quý cơ quan có thể đối chiếu chữ ký số của kết quả theo số nêu trên tại mục tra cứu công khai của Luồng Xanh. ' +
      'Văn bản cam kết được lưu trong hồ sơ này.\n\n' +
      'Trân trọng,\nLuồng Xanh - Thành phố Hồ Chí Minh',
  };
}

/** What the investor is told when a result is ready, in their language. Ids only: the result itself is behind the login. */
export function resultMessage(
  language: 'vi' | 'en',
  { dossierCode, number }: { dossierCode: string; number: string },
): { subject: string; text: string } {
  return language === 'vi'
    ? {
        subject: `Hồ sơ ${dossierCode} đã có kết quả`,
        text:
          `Kính gửi Quý nhà đầu tư,\n\nHồ sơ ${dossierCode} đã có kết quả giải quyết, số ${number}.\n` +
          'Mời Quý vị đăng nhập Luồng Xanh để nhận kết quả điện tử, hoặc nhận bản giấy tại Trung tâm Phục vụ hành chính công Thành phố.\n\n' +
          'Trân trọng,\nLuồng Xanh - Thành phố Hồ Chí Minh',
      }
    : {
        subject: `The result of dossier ${dossierCode} is ready`,
        text:
          `Dear investor,\n\nDossier ${dossierCode} has been decided; the result has the number ${number}.\n` +
          "Please sign in to Luồng Xanh to receive it electronically, or collect it on paper at the City's Public Administrative Service Centre.\n\n" +
          'Kind regards,\nLuồng Xanh - Ho Chi Minh City',
      };
}
