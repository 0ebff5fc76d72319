/** Where a text is no JSON: counted as people count, from one; `at`: letters before it. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly at: number;
}

/** The first place at which a text stops being JSON; undefined: it is JSON. Browsers say it in words of their own, some of them not at all. */
export function jsonFault(text: string): Fault | undefined {
  let at = 0;
  const blank = () => {
    at += /^[ \t\r\n]*/.exec(text.slice(at))?.[0].length ?? 0;
  };
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return false;
    at += found[0].length;
    return true;
  };
  const closed = (close: string, one: () => boolean): boolean => {
    at += 1;
    blank();
    if (text[at] === close) return (at += 1) > 0;
    while (one()) {
      blank();
      if (text[at] === close) return (at += 1) > 0;
      if (text[at] !== ',') return false;
      at += 1;
      blank();
    }
    return false;
  };
  const string = () => take(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y);
  const value = (): boolean => {
    blank();
    if (text[at] === '{')
      return closed('}', () => {
        if (!string()) return false;
        blank();
        if (text[at] !== ':') return false;
        at += 1;
        return value();
      });
    if (text[at] === '[') return closed(']', value);
    return text[at] === '"' ? string() : take(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y);
  };
  const whole = value();
  blank();
  if (whole && at === text.length) return undefined;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, at };
}
