import { describe, expect, it } from 'vitest';
import { searchQuery } from '../../db/read/search-text.js';
import { searchText } from '../../domain/search-text.js';

describe('a search', () => {
  it.each([
    'Đường Đồng Khởi',
    'Ðường Ðồng Khởi',
    'duong dong khoi',
    'ＤＵＯＮＧ dong khoi',
    'Đường\u200b Đồng\u00ad Khởi',
  ])('finds what was filed by «%s»', (typed) => {
    expect(searchText(typed)).toBe(searchText('Đường Đồng Khởi'));
    expect(searchQuery(typed)).toBe('duong:* & dong:* & khoi:*');
  });
});
