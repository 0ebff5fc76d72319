import tseslint from 'typescript-eslint';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';

// The arrows of the house (README, «The house»): what each folder may import of ours. Anything not listed is refused.
export const arrows = {
  domain: [],
  ops: [],
  engine: [],
  workflows: ['domain', 'engine'],
  db: ['domain', 'engine', 'ops'],
  seeds: ['domain'],
  agencies: ['domain', 'ops'],
  forms: ['domain'],
  activities: ['domain', 'engine', 'db', 'forms'],
  api: ['domain', 'engine', 'db', 'forms', 'ops'],
  worker: ['workflows', 'activities', 'engine', 'db', 'domain', 'forms', 'ops'],
  web: ['domain'],
};
const rooms = [...Object.keys(arrows), 'tests', 'bench', 'scripts'];
const zones = Object.entries(arrows).map(([room, allowed]) => ({
  target: `./${room}`,
  from: rooms.filter((other) => other !== room && !allowed.includes(other)).map((other) => `./${other}`),
  message: `${room} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
}));
// Inside the engine: what runs in Temporal's sandbox knows its own words only, and the register's side does not know who works it off.
zones.push(
  {
    target: './engine/workflow',
    from: ['./engine/register', './engine/worker'],
    message: 'The workflow side of the engine imports nothing but engine/words.ts.',
  },
  { target: './engine/register', from: ['./engine/worker', './engine/workflow'], message: 'Arrows point to words.' },
);

const noNode = {
  group: ['node:*', 'fs', 'path', 'crypto', 'http', 'https', 'os', 'pg', 'express', 'drizzle-orm', 'drizzle-orm/*'],
  message: 'Deterministic code knows no Node, no database and no network.',
};
const noZod = {
  group: ['zod', '**/schemas/*'],
  allowTypeImports: true,
  message: 'Workflows can reach this file: no zod, types only.',
};

export default tseslint.config(
  { ignores: ['node_modules', '.data', 'dist', 'coverage', 'db/migrations', 'tests/fixtures'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-deprecated': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['scripts/**', 'bench/**', 'tests/**'], rules: { 'no-console': 'off' } },
  {
    files: ['domain/**/*.ts', 'workflows/**/*.ts', 'engine/workflow/**/*.ts', 'engine/words.ts'],
    ignores: ['domain/schemas/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [noNode, noZod] }],
      'no-restricted-globals': ['error', 'process', 'Intl', 'setInterval', 'fetch', 'Buffer'],
      'no-restricted-properties': [
        'error',
        {
          object: 'Date',
          property: 'now',
          message: 'Business time comes from the register (occurredAt), never from the host.',
        },
        { object: 'Math', property: 'random' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name=/^(toLocale|get(Hours|Date|Day|Month|FullYear|Minutes)$)/]',
          message: 'The host time zone is unknown here: use the calendar.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Business time comes from the register (occurredAt).',
        },
      ],
    },
  },
  {
    files: ['domain/schemas/**/*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [noNode] }] },
  },
  {
    files: ['workflows/**/*.ts', 'engine/workflow/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Intl', 'setInterval', 'fetch', 'Buffer'],
    },
  },
  {
    // The browser's side: the console is closed, and what the API answers is typed by its contract.
    files: ['web/**/*.ts', 'web/**/*.tsx'],
    rules: {
      'no-restricted-properties': [
        'error',
        { property: 'dangerouslySetInnerHTML', message: 'The policy of the pages allows no markup made of text.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.name='useEffect'] > ArrowFunctionExpression[body.type!='BlockStatement'][body.type!='ArrowFunctionExpression']",
          message: 'What an effect answers is its clean-up: give it braces.',
        },
      ],
    },
  },
  {
    files: ['api/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['**/workflows/*'], allowTypeImports: true, message: 'The API takes only types of workflows.' },
          ],
        },
      ],
    },
  },
);
