import { closeSync, openSync, readSync } from 'node:fs';
import { StartRefused } from './refused.js';

const header = 'SQLite format 3\0';

/** Refuses (`StartRefused`, with what to do) where the file of Temporal's data is there and is something else. */
export function checkTemporalData(file: string): void {
  const start = firstBytes(file, header.length);
  if (start === undefined || start.length === 0 || start.toString('latin1') === header) return;
  throw new StartRefused(
    `${file} không phải là dữ liệu Temporal đọc được. Hãy chuyển tệp đi rồi khởi động lại: các tiến trình xử lý được dựng lại từ cơ sở dữ liệu.\n` +
      `${file} is no data of Temporal that can be read. Move it away and start again: the workflows are rebuilt from the register.`,
  );
}

/** Undefined where there is no such file. */
function firstBytes(file: string, count: number): Buffer | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(handle, bytes, 0, count, 0));
  } finally {
    closeSync(handle);
  }
}
