import { type Text } from '../../domain/law/agency.js';

/** The ten status codes of the public-service portal, by number. As practised by provincial one-stop systems; the official annex was not read. */
const portalStatuses: Readonly<Record<number, Text>> = {
  1: { vi: 'Mới đăng ký', en: 'Newly registered' },
  2: { vi: 'Được tiếp nhận', en: 'Received' },
  3: { vi: 'Không được tiếp nhận', en: 'Not received' },
  4: { vi: 'Đang xử lý', en: 'In process' },
  5: { vi: 'Yêu cầu bổ sung giấy tờ', en: 'Supplement requested' },
  6: { vi: 'Yêu cầu thực hiện nghĩa vụ tài chính', en: 'Payment requested' },
  7: { vi: 'Công dân yêu cầu rút hồ sơ', en: 'Withdrawal requested' },
  8: { vi: 'Dừng xử lý', en: 'Handling stopped' },
  9: { vi: 'Đã xử lý xong', en: 'Handling completed' },
  10: { vi: 'Đã trả kết quả', en: 'Result returned' },
};

/** A status code with its name; a number that is no code is a bug. */
export function portalStatusOf(code: number): { code: number; name: Text } {
  const name = portalStatuses[code];
  if (!name) throw new Error(`${code} is no status of the portal`);
  return { code, name };
}
