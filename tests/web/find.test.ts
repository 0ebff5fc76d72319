import { describe, expect, it } from 'vitest';
import { placesOf } from '../../web/documents/find.js';

const found = (original: string, wanted: string): string[] =>
  placesOf(original, wanted).map(([from, to]) => original.slice(from, to));

describe('what is sought in a document', () => {
  it('is found whatever its case and its marks', () => {
    expect(found('Dự án Điện tử, dự án điện', 'du an dien')).toEqual(['Dự án Điện', 'dự án điện']);
    expect(found('khu công nghệ cao', 'Công Nghệ')).toEqual(['công nghệ']);
  });

  it('is found where its letters were decomposed', () => {
    const decomposed = 'Thành phố Hồ Chí Minh'.normalize('NFD');
    expect(found(decomposed, 'hồ chí').map((text) => text.normalize('NFC'))).toEqual(['Hồ Chí']);
  });

  it('is found over the end of a line', () => {
    expect(found('giấy chứng\n  nhận đăng ký', 'chứng nhận')).toEqual(['chứng\n  nhận']);
  });

  it('is nowhere where it is nothing, or not there', () => {
    expect([placesOf('dự án', '  '), placesOf('dự án', 'dự toán')]).toEqual([[], []]);
  });
});
