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
