/** More of them a session does not keep: each is memory of the server, and whoever asks may think of ever new ones. */
const most = 48;
const names = new Map<string, string>();

/**
 * The name under which a session keeps the plan of a statement whose text follows from what is asked, where planning takes as long as running; undefined for
 * what came too late to be kept.
 */
export function planName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= most) return known;
  const name = `asked-${names.size + 1}`;
  names.set(text, name);
  return name;
}
