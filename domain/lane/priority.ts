import type { Lane } from '../case/case/words.js';
import type { Text } from '../law/agency.js';

/**
 * The order of every worklist, as whoever works by it reads it: what came back to oneself; what is due by today, by date; then by risk, the green lane before
 * others, by date. Ours: the City's text asks for priority and sets no rule.
 */
export const worklistRule: Text = {
  vi: 'Thứ tự: việc bị trả lại cho tôi trước tiên; rồi việc quá hạn hoặc đến hạn hôm nay, theo ngày đến hạn, bất kể luồng; sau đó theo mức rủi ro, cùng mức thì luồng xanh trước, rồi theo ngày đến hạn. Ưu tiên luồng xanh chỉ áp dụng cho cơ quan của Thành phố.',
  en: 'Order: work sent back to me first; then what is overdue or due today, by date, whatever the lane; then by risk, at equal risk the green lane first, then by date. The priority of the green lane binds the City’s agencies only.',
};

/** Its place among work of equal risk: 0, the green lane at an agency of the City; 1, everything else. */
export const laneOrder = (lane: Lane | null, commandedByCity: boolean): 0 | 1 =>
  lane === 'green' && commandedByCity ? 0 : 1;
