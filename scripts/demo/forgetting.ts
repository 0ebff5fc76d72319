import { createPool } from '../../db/pool.js';
import { accessRegister } from '../register-access.js';
import { type ApiClient, ApiRefusal } from './client.js';
import { runCommand } from './command.js';
import type { Place } from './place.js';
import { storesWith } from './stores.js';

/** Personal data that nobody else has: what the scan looks for. */
export interface PersonalData {
  readonly name: string;
  readonly phone: string;
  /** Stands in the name alone: what search takes apart still has it. */
  readonly mark: string;
}

/** Personal data as people leave it behind, with six digits in it that nobody else has. */
export const personalDataOf = (digits: string): PersonalData => ({
  name: `Trần Thị Quên Zq${digits}`,
  phone: `090 ${digits.slice(0, 3)} ${digits.slice(3)}`,
  mark: `Zq${digits}`,
});

const why = { askedBy: 'đơn của chủ thể dữ liệu · the data subject', basis: 'Luật 91/2025/QH15' };

interface Order {
  readonly id: string;
  readonly certificate: { readonly keyId: string; readonly content: { readonly rows: Record<string, number> } } | null;
}

/**
 * A case in which somebody's data stand in the filing, in a question and in a document: it is withdrawn, erased, and nothing that can be read of the installation
 * has them any more. One administrator proposes it, another confirms it, whoever operates the register carries it out. True where the scan saw them before and none after, and the evidence is whole.
 */
export async function forgettingScene(
  place: Place,
  as: (person: string) => ApiClient,
  investor: ApiClient,
  { code, data }: { readonly code: string; readonly data: PersonalData },
  say: (line: string) => void,
): Promise<boolean> {
  const { name, phone, mark } = data;
  await investor.post(`/cases/${code}/questions`, { procedure: null, text: `Xin gọi bà ${name}, ${phone}` });
  const passport = await investor.upload(
    `${name}.pdf`,
    Buffer.from(`%PDF-1.4\n% ${name}, ${phone}\n%%EOF\n`),
    'application/pdf',
  );
  await investor.post(`/cases/${code}/withdrawal`, { reason: `${name} không tiếp tục · does not go on` });
  const access = await accessRegister({ DATA_DIR: place.dataDir }, say);
  if (access.ownerUrl === undefined) throw new Error('The owner of this register is not known here');
  const owner = createPool(access.ownerUrl, { max: 1, applicationName: 'demo-forgetting' });
  try {
    const look = () => storesWith(owner, place.dataDir, [name, phone, mark]);
    const before = await look();
    say(`Dữ liệu cá nhân đang ở · personal data stand in: ${before.join(', ')}`);
    const env = { DATA_DIR: place.dataDir, DATABASE_URL: '' };
    const orders: string[] = [];
    for (const [kind, ref] of [
      ['case', code],
      ['document', passport],
    ] as const) {
      const { id } = await as('admin.1').post<Order>('/erasures', { kind, ref, ...why });
      const alone = await as('admin.1')
        .post(`/erasures/${id}/confirmation`)
        .then(() => undefined)
        .catch((error: unknown) => (error instanceof ApiRefusal ? error.code : Promise.reject(error)));
      if (alone === undefined) return false;
      await as('admin.2').post(`/erasures/${id}/confirmation`);
      say(
        `Xóa · erasure: ${kind} ${ref}: admin.1 đề xuất, tự xác nhận bị từ chối, admin.2 xác nhận · proposes, alone ${alone}, admin.2 confirms`,
      );
      orders.push(id);
    }
    const erased = await runCommand('scripts/erase.ts', orders, env);
    say(erased.said.trim());
    if (erased.code !== 0) return false;
    for (const id of orders) {
      const { certificate } = await as('auditor.1').get<Order>(`/erasures/${id}`);
      if (certificate === null) return false;
      const rows = Object.entries(certificate.content.rows).map(([table, n]) => `${table} ${n}`);
      say(
        `Chứng nhận tiêu hủy · certificate of destruction ${id}: ${rows.join(', ')}, khóa · key ${certificate.keyId}`,
      );
    }
    const after = await look();
    say(
      after.length === 0
        ? 'Sau khi xóa, quét mọi bảng, tài liệu, Temporal, nhật ký, thư: không còn · after the erasure no table, document, Temporal, log or mail has them'
        : `Sau khi xóa còn ở · after the erasure they still stand in: ${after.join(', ')}`,
    );
    const checked = await runCommand('scripts/verify-chain.ts', [code], env);
    say(checked.code === 0 ? `${code}: chuỗi bằng chứng nguyên vẹn · the evidence is whole` : checked.said.trim());
    return before.length > 0 && after.length === 0 && checked.code === 0;
  } finally {
    await owner.end();
    await access.close();
  }
}
