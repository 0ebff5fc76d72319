import type { Text } from './agency.js';

/** Values of limits that regimes name, in words; any other is shown as it is. */
const limitValueWords: Readonly<Record<string, Text>> = {
  true: { vi: 'có', en: 'yes' },
  false: { vi: 'không', en: 'no' },
  'no-rain': { vi: 'không mưa', en: 'no rain' },
  'light-rain': { vi: 'mưa nhẹ', en: 'light rain' },
  mode: { vi: 'chế độ', en: 'mode' },
  time: { vi: 'thời gian', en: 'time' },
  'battery-voltage': { vi: 'điện áp pin', en: 'battery voltage' },
  satellites: { vi: 'số vệ tinh', en: 'satellites' },
  speed: { vi: 'tốc độ', en: 'speed' },
  'approved-area': { vi: 'trong khu vực được phép', en: 'within the permitted area' },
  'from-approval': { vi: 'theo văn bản cho phép', en: 'as the approval says' },
  'from-certificate': { vi: 'theo giấy chứng nhận', en: 'as the certificate says' },
  'from-confirmation': { vi: 'theo giấy xác nhận', en: 'as the confirmation says' },
};

/** A value of a limit as people read it. */
export const limitValue = (value: string | boolean, say: (text: Text) => string): string => {
  const known = limitValueWords[String(value)];
  return known === undefined ? String(value) : say(known);
};
