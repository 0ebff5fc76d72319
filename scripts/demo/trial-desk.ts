import type { Instant } from '../../domain/time/instants.js';

/** A task of a trial, as the worklist shows it. */
export interface Task {
  readonly id: string;
  readonly case: string;
  readonly kind: string;
  readonly step: string | null;
  readonly role: string;
  readonly status: string;
  readonly openedAt: Instant;
  readonly claimedBy: { readonly id: string } | null;
}

/** What the evaluation has to look at: the settings of the sandbox name them. */
export const criterionCodes = ['in-scope', 'innovation', 'benefit', 'readiness', 'need'];

interface Usual {
  readonly completion: { readonly outcome: string; readonly reason?: string; readonly finding?: object };
  /** How it is told. */
  readonly says: string;
  /** Working days they let pass first. */
  readonly after: number;
}

/** What people do with a task of a trial. */
export function usual({ kind, step, role }: Task): Usual {
  switch (kind) {
    case 'intake':
      return { completion: { outcome: 'receive' }, says: 'tiếp nhận hồ sơ · receives the dossier', after: 0 };
    case 'opinion':
      return { completion: { outcome: 'agree' }, says: 'cho ý kiến thẩm định · gives its opinion', after: 3 };
    case 'step':
      return role === 'head'
        ? { completion: { outcome: 'approve' }, says: 'quyết định chấp thuận · decides on the admission', after: 1 }
        : { completion: { outcome: 'done' }, says: step ?? '', after: 2 };
    case 'hold': {
      const completion = { outcome: 'confirm', reason: 'vượt giới hạn · beyond the limit' };
      return { completion, says: 'xác nhận tạm dừng · confirms the hold', after: 1 };
    }
    case 'trial-request': {
      const completion = { outcome: 'grant', reason: 'đủ điều kiện · in order' };
      return { completion, says: 'xem xét đề nghị · decides on the request', after: 3 };
    }
    case 'incident': {
      const finding = { damage: 'none', cause: 'subjective', exempt: false };
      const completion = { outcome: 'examined', reason: 'đã kiểm tra · looked into', finding };
      return { completion, says: 'kết luận sự cố · examines the incident', after: 2 };
    }
    case 'completion': {
      const completion = { outcome: 'completed', reason: 'đạt mục tiêu · as planned' };
      return { completion, says: 'đánh giá kết thúc · assesses the result', after: 10 };
    }
    default:
      return { completion: { outcome: 'done' }, says: kind, after: 1 };
  }
}
