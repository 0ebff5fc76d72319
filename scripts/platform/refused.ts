/** A start that was refused for a reason the user can mend; the message is for people, in Vietnamese and English. */
export class StartRefused extends Error {}

/** Less than this and nothing that is kept can be written safely. */
export const leastFreeBytes = 32 * 1024 * 1024;

export const diskFull = (folder: string, free?: number): StartRefused => {
  const left = free === undefined ? '' : ` (${Math.floor(free / 1024 / 1024)} MB)`;
  return new StartRefused(
    `Ổ đĩa chứa ${folder} đã đầy${left}: hãy giải phóng dung lượng rồi khởi động lại. Dữ liệu đã có vẫn còn.\n` +
      `The disk of ${folder} is full${left}: free some space and start again. What was kept is still there.`,
  );
};
