// npm run verify-chain [-- <case code>]: checks every chain of evidence and the roots outside the database; names the first broken event of each.
import { type Break, verifyChains } from '../db/chain.js';
import { createPool } from '../db/pool.js';
import { accessRegister } from './register-access.js';

const nameOf = ({ caseCode, seq, reason, detail }: Break): string =>
  [caseCode ?? 'roots', seq === null ? undefined : `event ${seq}`, reason, detail].filter(Boolean).join(' · ');

const caseCode = process.argv[2];
const access = await accessRegister(process.env, (line) => process.stderr.write(`${line}\n`));
const pool = createPool(access.url, { max: 2, applicationName: 'verify-chain' });
try {
  const found = await verifyChains(pool, {
    rootsFolder: access.chainRoots,
    ...(caseCode === undefined ? {} : { caseCode }),
  });
  const { cases, events, roots, broken } = found;
  console.log(`Đã kiểm tra · checked: ${cases} hồ sơ · cases, ${events} sự kiện · events, ${roots} gốc · roots`);
  for (const one of broken) console.log(`HỎNG · BROKEN: ${nameOf(one)}`);
  if (caseCode !== undefined && cases === 0) console.log(`Không có hồ sơ · no such case: ${caseCode}`);
  if (broken.length > 0 || (caseCode !== undefined && cases === 0)) process.exitCode = 1;
  else console.log('Nguyên vẹn · intact');
} finally {
  await pool.end();
  await access.close();
}
