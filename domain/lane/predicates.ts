import type { Text } from '../law/agency.js';
import type { ProjectFacts, Verdict } from '../law/rules.js';
import { type EvidenceKind, type PredicateId, type Proof, proofs } from './evidence.js';

/** One of the three tests of the City's text: its verdict, what stands behind it, and what would change it. */
export interface Predicate {
  id: PredicateId;
  name: Text;
  verdict: Verdict;
  /** null: nobody has said anything. */
  evidence: EvidenceKind | null;
  clause: string;
  /** The City's text names the test but not its measure: the attribute behind it is our reading. */
  verified: false;
  /** What would prove it; empty once it is decided. */
  proof: Proof[];
  nearMiss?: { fact: string; needed: boolean; text: Text };
}

/** What was found of one test. `basis`: what a yes rests on, a document that was given (`E1`) or an entry of a list. */
export interface PredicateVerdict {
  readonly predicate: PredicateId;
  readonly verdict: 'yes' | 'no';
  readonly basis: string | null;
}

const programme = 'Decision 3301/QĐ-UBND (19 Dec 2025)';

interface Test {
  readonly id: PredicateId;
  readonly name: Text;
  readonly clause: string;
  readonly fact: string;
  readonly missing: Text;
  readonly failed: Text;
}

const claimed: Text = {
  vi: 'Mới chỉ là lời khai: cần chứng cứ, do cơ quan phụ trách luồng xem xét và chấp nhận',
  en: 'Only claimed so far: it takes evidence, examined and accepted by whoever owns the lane',
};

const tests: readonly Test[] = [
  {
    id: 'high-tech',
    name: { vi: 'Dự án công nghệ cao', en: 'High-tech project' },
    clause: `${programme}, green-lane mechanism: «dự án đầu tư công nghệ cao»; Law 133/2025/QH15`,
    fact: 'project.highTechListed',
    missing: {
      vi: 'Chưa rõ công nghệ của dự án có thuộc danh mục công nghệ cao hay không: cán bộ quyết định sau khi có xác nhận',
      en: 'Whether the technology is on the high-tech list is not known: an officer decides once it is confirmed',
    },
    failed: {
      vi: 'Đạt nếu công nghệ hoặc sản phẩm của dự án thuộc danh mục công nghệ cao',
      en: 'Met if the technology or product of the project is on the high-tech list',
    },
  },
  {
    id: 'internationally-linked',
    name: { vi: 'Liên kết quốc tế', en: 'Internationally linked' },
    clause: `${programme}, green-lane mechanism: «liên kết quốc tế»`,
    fact: 'project.internationallyLinked',
    missing: {
      vi: 'Chưa rõ dự án có liên kết quốc tế (vốn, đối tác, chuyển giao công nghệ) hay không: cán bộ quyết định',
      en: 'Whether the project is internationally linked (capital, partner, technology) is not known: an officer decides',
    },
    failed: {
      vi: 'Đạt nếu dự án có vốn, đối tác hoặc công nghệ từ nước ngoài và được ghi nhận là liên kết quốc tế',
      en: 'Met if the project has foreign capital, a foreign partner or foreign technology and is recorded as internationally linked',
    },
  },
  {
    id: 'needs-priority',
    name: { vi: 'Cần ưu tiên', en: 'Needs priority' },
    clause: `${programme}, specialised administrative reform for technology diplomacy, item (1): projects that need priority; list of key projects in the plan for Resolution 57-NQ/TW`,
    fact: 'project.keyProjectListed',
    missing: {
      vi: 'Chưa rõ dự án có trong danh mục dự án trọng điểm Thành phố công bố hay không: cán bộ quyết định',
      en: "Whether the project is on the City's published list of key projects is not known: an officer decides",
    },
    failed: {
      vi: 'Đạt nếu Thành phố đưa dự án vào danh mục dự án trọng điểm; sau đó có thể đề nghị lại',
      en: 'Met if the City puts the project on its list of key projects; it may then be proposed again',
    },
  },
];

/** The three tests on what is known of a project: what was found goes before what was filed, and a claimed yes proves nothing. */
export function predicatesOf(facts: ProjectFacts, findings: readonly PredicateVerdict[] = []): Predicate[] {
  return tests.map(({ id, name, clause, fact, missing, failed }) => {
    const found = findings.find(({ predicate }) => predicate === id);
    const said = facts[fact];
    const known = { id, name, clause, verified: false as const };
    const nearMiss = (text: Text) => ({ fact, needed: true, text });
    if (found?.verdict === 'yes') return { ...known, verdict: 'yes', evidence: kindOf(found.basis), proof: [] };
    if (found) return { ...known, verdict: 'no', evidence: null, proof: [], nearMiss: nearMiss(failed) };
    if (said === false) {
      return { ...known, verdict: 'no', evidence: 'claim', proof: [...proofs[id]], nearMiss: nearMiss(failed) };
    }
    const claims = said === true;
    return {
      ...known,
      verdict: 'unknown',
      evidence: claims ? 'claim' : null,
      proof: [...proofs[id]],
      nearMiss: nearMiss(claims ? claimed : missing),
    };
  });
}

const kindOf = (basis: string | null): EvidenceKind => (basis?.startsWith('list/') === true ? 'register' : 'document');

/** Unknown never counts as yes: it waits for an officer. So nobody admits themselves, whatever they file. */
export function laneBy(predicates: readonly Predicate[]): 'green' | 'standard' | 'undecided' {
  if (predicates.some(({ verdict }) => verdict === 'no')) return 'standard';
  return predicates.every(({ verdict }) => verdict === 'yes') ? 'green' : 'undecided';
}
