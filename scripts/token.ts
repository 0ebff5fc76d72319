// `npm run -s token -- <user>`: prints an access token of a demonstration account of the running installation, and nothing else.
import { join, resolve } from 'node:path';
import { findRunning } from './platform/instance.js';
import { requestToken } from './platform/tokens.js';

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

const user = process.argv[2] ?? fail('Cách dùng · usage: npm run -s token -- <tài khoản · account>');
const dataDir = resolve(process.env['DATA_DIR'] || join(import.meta.dirname, '../.data'));
const running = findRunning(dataDir);
if (running?.ready === undefined) {
  fail(
    `Luồng Xanh không chạy trên ${dataDir}. Hãy chạy: npm start\nLuồng Xanh is not running on ${dataDir}. Run: npm start`,
  );
} else {
  try {
    process.stdout.write(`${await requestToken(dataDir, running.ready, user)}\n`);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}
