const longest = 254;
const longestLocal = 64;
const longestLabel = 63;
/** What every server takes before the @: RFC 5321's dot-string. */
const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** One part of a domain, in any script: names of a country's own letters are written as punycode when they are sent. */
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/** Whether this is one address that a mail can go to: no list, no name around it, no line end, no room for another header. */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [name, labels] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1).split('.')];
  const fits = text.length <= longest && name.length <= longestLocal;
  if (!fits || !local.test(name) || labels.length < 2) return false;
  return labels.every((one) => one.length <= longestLabel && label.test(one)) && !/^\d+$/.test(labels.at(-1) ?? '');
}
