import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { expect, it } from 'vitest';
import { contractTypes } from '../../scripts/pages/contract-types.js';

it('types what the pages send and read as the OpenAPI document says (else: npm run page-types)', async () => {
  const file = join(import.meta.dirname, '../../web/api/contract.ts');
  const style = await prettier.resolveConfig(file);
  expect(await prettier.format(contractTypes(), { ...style, filepath: file })).toBe(readFileSync(file, 'utf8'));
});
