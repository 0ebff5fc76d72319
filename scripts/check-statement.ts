import { readFileSync } from 'node:fs';
import { keyFaultNames } from '../domain/evidence/key-period.js';
import { paperNames } from '../domain/evidence/paper-names.js';
import { signedPaperFault, signedPaperFaultNames, signedPaperFrom } from '../domain/evidence/signed-paper.js';
import {
  contentIn,
  type StatementFault,
  statementFault,
  statementFaultNames,
  statementFrom,
} from '../domain/evidence/statement.js';
import { eachSealOnce } from '../domain/evidence/trusted-keys.js';
import { keysGiven } from './verifier-given.js';

interface Asked {
  /** What was scanned. */
  readonly qr: string;
  /** A file that may be the paper. */
  readonly paper: string | undefined;
  readonly keys: readonly string[];
  readonly json: boolean;
}

/** Says what the QR code of a sealed paper states, who signed it, and whether a file is that paper; answers whether all of it holds. */
export function checkStatement({ qr, paper, keys, json }: Asked): boolean {
  const read = statementFrom(qr);
  const faults: StatementFault[] = [];
  const trusted = eachSealOnce(keys.flatMap((file) => keysGiven(file).seals));
  const fault = read ? statementFault(read, trusted) : 'statement-unreadable';
  if (fault) faults.push(fault);
  const content = read && paper !== undefined ? contentIn(readFileSync(paper), read.statement.contentHash) : undefined;
  if (read && paper !== undefined && content === undefined) faults.push('paper-differs');
  const holds = faults.length === 0;
  if (json) {
    console.log(JSON.stringify({ holds, ...read?.statement, faults, content: (holds && content) || null }));
    return holds;
  }
  for (const one of faults) {
    const { vi, en } =
      one in keyFaultNames
        ? keyFaultNames[one as keyof typeof keyFaultNames]
        : statementFaultNames[one as keyof typeof statementFaultNames];
    console.log(`SAI · WRONG: ${vi} · ${en}`);
  }
  if (read) {
    const { form, number, outcome, caseCode, day, signedAt, key, address } = read.statement;
    const name = paperNames[form];
    console.log(name ? `${name.vi} · ${name.en}` : form);
    console.log(
      `Số · number: ${number || '–'}${outcome && ` (${outcome})`}, hồ sơ · case ${caseCode}, ngày · day ${day}`,
    );
    const period = trusted.find(({ id }) => id.startsWith(key))?.period;
    const until = period ? `, khóa · key ${period.from} – ${period.revoked?.at ?? period.until ?? '…'}` : '';
    console.log(`Ký · signed: ${signedAt}, dấu · seal ${key}${until}`);
    // Of a code that does not hold neither its address nor what a file says is anybody's word.
    if (holds && content !== undefined) console.log(`Nội dung đã ký · what was signed: ${content}`);
    if (holds)
      console.log(
        `Còn giá trị hay đã bị thay thế, thu hồi: hỏi ở · whether it was replaced or revoked since, ask at ${address}`,
      );
  }
  console.log(
    holds ? 'Đúng, tính đến ngày ký · it holds, as of the day it was signed' : 'KHÔNG đúng · it does NOT hold',
  );
  return holds;
}

/** Says what the signed form of a paper says and whether a seal that one trusts signed it; answers whether it holds. */
export function checkSignedPaper(file: string, { keys, json }: Pick<Asked, 'keys' | 'json'>): boolean {
  const read = signedPaperFrom(readFileSync(file, 'utf8'));
  const trusted = eachSealOnce(keys.flatMap((one) => keysGiven(one).seals));
  const fault = read ? signedPaperFault(read, trusted, new Date().toISOString()) : 'signed-unreadable';
  const holds = fault === undefined;
  const content = (holds && read?.content) || null;
  if (json) {
    console.log(JSON.stringify({ holds, fault: fault ?? null, content }));
    return holds;
  }
  if (fault !== undefined) {
    const { vi, en } = { ...keyFaultNames, ...signedPaperFaultNames }[fault];
    console.log(`SAI · WRONG: ${vi} · ${en}`);
  } else console.log(`Nội dung đã ký · what was signed: ${content ?? ''}`);
  console.log(holds ? 'Đúng · it holds' : 'KHÔNG đúng · it does NOT hold');
  return holds;
}
