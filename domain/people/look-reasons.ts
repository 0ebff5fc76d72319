import type { Text } from '../law/agency.js';

const reasons = {
  coordination: { vi: 'Phối hợp với cơ quan khác', en: 'Working together with another agency' },
  advice: { vi: 'Hướng dẫn, trả lời nhà đầu tư', en: 'Advising or answering the investor' },
  precedent: { vi: 'Tham khảo hồ sơ tương tự', en: 'Comparing with a case like one of their own' },
  handover: { vi: 'Bàn giao công việc', en: 'Handing work over' },
  complaint: { vi: 'Giải quyết khiếu nại, phản ánh', en: 'A complaint' },
  inspection: { vi: 'Kiểm tra, thanh tra', en: 'An inspection' },
} as const satisfies Record<string, Text>;

/** Why an official without a task on a case says to look into it. Names on the wire: they never change. */
export type LookReason = keyof typeof reasons;
export const lookReasons = Object.keys(reasons) as [LookReason, ...LookReason[]];

export const lookReasonName = (reason: LookReason): Text => reasons[reason];
