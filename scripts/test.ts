// `npm test`: the whole run on a fresh clone. First what needs no service, then everything against a real PostgreSQL and Temporal.
import { spawnSync } from 'node:child_process';

const filter = process.argv.slice(2);
const runs: [string, string[]][] = filter.length
  ? [
      [
        'node_modules/.bin/vitest',
        ['run', ...['pure', 'engine', 'house', 'services'].flatMap((one) => ['--project', one]), ...filter],
      ],
    ]
  : [
      ['node', ['scripts/run.js', 'scripts/verify.ts']],
      ['node_modules/.bin/vitest', ['run', '--project', 'house', '--project', 'services']],
    ];
for (const [command, args] of runs) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
