import { expect, it } from 'vitest';
import { isMailAddress } from '../../domain/notices/mail-address.js';

it.each([
  'investor-ai@luong-xanh.example',
  "o'hara+hồ@công-ty.example".replace('hồ', 'ho'),
  'a@bộ-y-tế.example',
  'a@xn--b-y-t-ez5a.example',
  `${'a'.repeat(64)}@b.example`,
])('mail can go to %s', (text) => {
  expect(isMailAddress(text)).toBe(true);
});

it.each([
  'không có',
  '',
  '@',
  'a@',
  '@b.example',
  'a@localhost',
  'a b@c.example',
  'a@b.example, c@d.example',
  'a@b.example;c@d.example',
  'a@b.example c@d.example',
  'An <a@b.example>',
  'a@b.example\r\nBcc: c@d.example',
  'a\n@b.example',
  'a@b.example\u0000',
  '"a b"@c.example',
  'hồ@b.example',
  'a..b@c.example',
  '.a@c.example',
  'a@b..example',
  'a@-b.example',
  'a@b.example.',
  'a@[127.0.0.1]',
  'a@127.0.0.1',
  'a@b\u202e.example',
  `${'a'.repeat(65)}@b.example`,
  `a@${'b'.repeat(64)}.example`,
  `a@${'b.'.repeat(130)}example`,
])('mail cannot go to %j', (text) => {
  expect(isMailAddress(text)).toBe(false);
});
