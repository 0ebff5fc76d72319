import type { Text } from './agency.js';

/** Values of limits that regimes name, in words; any other is shown as it is. */
export const limitValueWords: Readonly<Record<string, Text>> = {
  true: { vi: 'có', en: 'yes' },
  false: { vi: 'không', en: 'no' },
  'no-rain': { vi: 'không mưa', en: 'no rain' },
  'light-rain': { vi: 'mưa nhẹ', en: 'light rain' },
  mode: { vi: 'chế độ', en: 'mode' },
  time: { vi: 'thời gian', en: 'time' },
  'battery-voltage': { vi: 'điện áp pin', en: 'battery voltage' },
  satellites: { vi: 'số vệ tinh', en: 'satellites' },
  speed: { vi: 'tốc độ', en: 'speed' },
};
