import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import { expect, it } from 'vitest';
import { line } from '../../domain/schemas/text.js';

const require = createRequire(import.meta.url);
const faces = ['400Regular/Tinos_400Regular', '700Bold/Tinos_700Bold', '400Regular_Italic/Tinos_400Regular_Italic'];

it('takes no character that one of the faces of the paper font lacks', () => {
  const sets = faces.map((face) => {
    const font = fontkit.create(readFileSync(require.resolve(`@expo-google-fonts/tinos/${face}.ttf`)));
    return new Set('characterSet' in font ? font.characterSet : []);
  });
  const name = line(10);
  const missing: string[] = [];
  for (let point = 0x20; point < 0x30000; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const character = String.fromCodePoint(point).normalize('NFC');
    if (!name.safeParse(`a${character}a`).success) continue;
    for (const one of character) {
      if (sets.some((set) => !set.has(one.codePointAt(0) ?? 0))) missing.push(point.toString(16));
    }
  }
  expect(missing).toEqual([]);
});
