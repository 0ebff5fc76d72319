import type { Completion } from '../../domain/case/task/commands.js';
import type { ApiClient } from './client.js';

interface Text {
  readonly vi: string;
  readonly en: string;
}
interface Drafted {
  readonly sentences: readonly {
    readonly text: Text;
    readonly source: { readonly kind: string; readonly name: Text };
  }[];
}
interface Decided {
  readonly result: {
    readonly seen: string;
    readonly fields: readonly { readonly code: string; readonly proposed: string | null }[];
    readonly reasons: readonly {
      readonly code: string;
      readonly outcome: string;
      readonly text: Text;
      readonly legalBasis: Text;
    }[];
  } | null;
}

/** An answer, and what is said of it beside its outcome. */
export interface Told {
  readonly completion: Completion;
  readonly says: string;
}

const kinds: Readonly<Record<string, string>> = {
  fact: 'dữ kiện · facts',
  document: 'thành phần hồ sơ · documents',
  step: 'bước đã làm · steps',
  opinion: 'ý kiến · opinions',
  conference: 'hội nghị · conferences',
  clause: 'căn cứ · clauses',
};

function countsOf({ sentences }: Drafted): string {
  const counts = new Map<string, number>();
  for (const { source } of sentences) counts.set(source.kind, (counts.get(source.kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => `${n} ${kinds[kind] ?? kind}`).join(', ');
}

/** The officer takes the draft into the appraisal, leaves a sentence out, edits another and adds one of their own. */
export async function editDraft(task: string, officer: ApiClient): Promise<Told> {
  const draft = await officer.get<Drafted>(`/tasks/${task}/drafted`);
  const [, edited, ...kept] = draft.sentences.map(({ text }) => text.vi);
  const own = 'Đề nghị cấp giấy chứng nhận theo các nội dung trên.';
  const lines = [...kept, ...(edited === undefined ? [] : [edited.replace(/\.$/, ' (đã đối chiếu bản gốc).')]), own];
  return {
    completion: { outcome: 'done', reason: lines.join('\n') },
    says: `dự thảo ${draft.sentences.length} câu, mỗi câu có nguồn · drafted, each sentence with its source (${countsOf(draft)}); bỏ 1, sửa 1, thêm 1, giữ nguyên · left out, edited, added, kept ${kept.length}`,
  };
}

/** The head decides with content as the filing proposes it, and with reasons of those that the law of the procedure offers. */
export async function decideWithContent(task: string, head: ApiClient): Promise<Told> {
  const { result } = await head.get<Decided>(`/tasks/${task}`);
  if (result === null) return { completion: { outcome: 'approve' }, says: '' };
  const fields = result.fields.flatMap(({ code, proposed }) => (proposed === null ? [] : [[code, proposed] as const]));
  const { sentences } = await head.get<Drafted>(`/tasks/${task}/drafted`);
  const drafted = new Set(sentences.map(({ text }) => text.vi));
  // What the file bears out is drafted; that the law is met the head says.
  const reasons = result.reasons.filter(({ code, text }) => drafted.has(text.vi) || code === 'conditions-met');
  return {
    completion: {
      outcome: 'approve',
      content: {
        seen: result.seen,
        fields: { ...Object.fromEntries(fields), conditions: 'Báo cáo tiến độ mỗi quý' },
        reasons: reasons.map(({ text, legalBasis }) => ({ text: text.vi, legalBasis: legalBasis.vi })),
      },
    },
    says: `quyết định có nội dung · with content: ${fields.length + 1} mục · fields, ${reasons.length} căn cứ có điều khoản · reasons with their clause`,
  };
}
