import { exampleTrials } from '../../seeds/index.js';
import type { TrialScript } from './trial-story.js';

const polygon = [
  [10.84, 106.79],
  [10.84, 106.81],
  [10.86, 106.81],
  [10.86, 106.79],
] as const;

/** Both example trials: what each proposes, measures and learns. All of it is invented for the demonstration. */
export const trialScripts: readonly TrialScript[] = [
  {
    name: 'DRONE',
    filing: exampleTrials.drone,
    participant: 'investor.drone',
    terms: {
      months: 12,
      areas: [
        {
          code: 'corridor-1',
          name: { vi: 'Hành lang bay 1', en: 'Flight corridor 1' },
          site: 'SHTP',
          polygon,
        },
      ],
      limits: [
        {
          code: 'altitude',
          name: { vi: 'Độ cao bay tối đa', en: 'Maximum flight altitude' },
          unit: 'm',
          watch: 'telemetry',
          max: 120,
          inclusive: true,
          verified: true,
        },
        {
          code: 'parcels-a-day',
          name: { vi: 'Số bưu kiện một ngày', en: 'Parcels a day' },
          unit: 'parcel',
          watch: 'telemetry',
          max: 200,
          inclusive: true,
          verified: true,
        },
      ],
      dataLocation: 'in-country',
      reportEvery: { amount: 3, unit: 'month' },
      visitEvery: 6,
      transitionMonths: 0,
      exemptions: [
        {
          act: 'Luật Phòng không nhân dân số 49/2024/QH15',
          article: 'điều khoản do cơ quan thẩm định xác định',
          whom: 'participant',
          scope: 'administrative',
          basis: 'Nghị quyết 20/2024/NQ-HĐND',
        },
      ],
      userDuties: [
        {
          code: 'undelivered',
          name: { vi: 'Hoàn trả bưu kiện chưa giao', en: 'Return undelivered parcels' },
          days: 15,
        },
      ],
    },
    readings: {
      good: { limit: 'test-area', value: '10.8500,106.8000' },
      near: { limit: 'altitude', value: 112 },
      beyond: { limit: 'altitude', value: 131 },
    },
    extendBy: 2,
    lesson: {
      act: 'Nghị quyết 20/2024/NQ-HĐND',
      article: 'giới hạn giờ bay',
      change: 'cho phép bay đến 19:00 trong hành lang có chiếu sáng · allow flights until 19:00 in lit corridors',
    },
  },
  {
    name: 'AI',
    filing: exampleTrials.ai,
    participant: 'investor.ai',
    terms: {
      months: 12,
      areas: [{ code: 'portal', name: { vi: 'Cổng 1022', en: 'The 1022 portal' }, site: 'none', polygon: null }],
      limits: [
        {
          code: 'users',
          name: { vi: 'Số người dùng', en: 'Users' },
          unit: 'person',
          watch: 'telemetry',
          max: 2000,
          inclusive: true,
          verified: true,
        },
        {
          code: 'wrong-suggestions',
          name: { vi: 'Tỷ lệ gợi ý sai', en: 'Share of wrong suggestions' },
          unit: '%',
          watch: 'telemetry',
          max: 10,
          inclusive: true,
          verified: true,
        },
      ],
      dataLocation: 'in-country',
      reportEvery: { amount: 6, unit: 'month' },
      visitEvery: 6,
      transitionMonths: 1,
      exemptions: [
        {
          act: 'Luật Trí tuệ nhân tạo số 134/2025/QH15',
          article: 'nghĩa vụ tuân thủ tương ứng',
          whom: 'participant',
          scope: 'duty-reduced',
          basis: 'Luật 134/2025/QH15 Điều 21 khoản 2 điểm b',
        },
      ],
      userDuties: [
        { code: 'delete-data', name: { vi: 'Xóa dữ liệu phản ánh', en: 'Delete the reports’ data' }, days: 20 },
      ],
    },
    readings: {
      good: { limit: 'users', value: 640 },
      near: { limit: 'wrong-suggestions', value: 9.4 },
      beyond: { limit: 'wrong-suggestions', value: 14.5 },
    },
    extendBy: 2,
    lesson: {
      act: 'Nghị định 142/2026/NĐ-CP',
      article: 'Điều 25',
      change: 'cho phép báo cáo định kỳ bằng dữ liệu · let periodic reports be data',
    },
  },
];
