/** Two names that differ only in case, accents of composition or spaces are the same name to a register. */
export function comparableName(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
