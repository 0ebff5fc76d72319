// Writes web/api/contract.ts: the types of what the pages send and read, from our own OpenAPI document.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { contractTypes } from './pages/contract-types.js';

const file = join(import.meta.dirname, '../web/api/contract.ts');
const style = await prettier.resolveConfig(file);
writeFileSync(file, await prettier.format(contractTypes(), { ...style, filepath: file }));
