// npm run seed:volume -- --cases 1000000 [--open-tasks 100000] [--seed 1] [--histories 400]: fills the empty register of DATA_DIR (or DATABASE_URL with
// MIGRATOR_DATABASE_URL) with a City's history, for measuring. Best while the installation is stopped: then nobody reads what is being written.
import { parseArgs } from 'node:util';
import { accessRegister } from './register-access.js';
import { NotEmpty, seedVolume, type Volume } from './volume/seed.js';

const usage = 'npm run seed:volume -- --cases N [--open-tasks N] [--seed N] [--histories N]';

function asked(): Volume | undefined {
  try {
    const { values } = parseArgs({
      options: {
        cases: { type: 'string' },
        'open-tasks': { type: 'string', default: '0' },
        seed: { type: 'string', default: '1' },
        histories: { type: 'string', default: '400' },
      },
    });
    const number = (text: string | undefined, least: number): number => {
      const value = Number(text);
      if (!Number.isSafeInteger(value) || value < least || value > 10_000_000) throw new TypeError(usage);
      return value;
    };
    return {
      cases: number(values.cases, 1),
      openTasks: number(values['open-tasks'], 0),
      seed: number(values.seed, 0),
      histories: number(values.histories, 1),
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(usage);
    return undefined;
  }
}

const volume = asked();
if (!volume) process.exit(2);
const say = (line: string) => console.log(line);
const access = await accessRegister(process.env, say);
try {
  if (access.ownerUrl === undefined) throw new Error('Set MIGRATOR_DATABASE_URL: the owner of the tables fills them');
  const { url, ownerUrl } = access;
  const { histories, cases, events, seconds } = await seedVolume({ url, ownerUrl }, volume, say);
  say(`${cases} hồ sơ · cases, ${events} sự kiện · events, từ · from ${histories} lịch sử · histories`);
  say(`diễn · played ${seconds.played} s, sao · copied ${seconds.copied} s, cả thảy · in all ${seconds.whole} s`);
} catch (error) {
  if (!(error instanceof NotEmpty)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await access.close();
}
