// Runs one of the project's TypeScript entry points on a checkout where nothing was installed by hand.
// Usage: node scripts/run.js <file.ts | --bin tool> [arguments …]. Plain JavaScript: it must work before `npm ci`.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = join(root, 'node_modules', '.luong-xanh-lock');

/** Installs exactly what package-lock.json says, unless that very lock file is installed already. */
function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  process.stderr.write('Installing packages (npm ci) …\n');
  // npm's chatter goes to stderr: stdout belongs to the program.
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) process.exit(result.status ?? 1);
  writeFileSync(stampFile, wanted);
}

ensureInstalled();
const [first, ...rest] = process.argv.slice(2);
if (first === undefined) {
  process.stderr.write('usage: node scripts/run.js <file.ts | --bin tool> [arguments …]\n');
  process.exit(2);
}
const tsx = pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'esm', 'index.mjs')).href;
const command =
  first === '--bin'
    ? [join(root, 'node_modules', '.bin', rest[0] ?? ''), ...rest.slice(1)]
    : [process.execPath, '--import', tsx, join(root, first), ...rest];
const child = spawn(command[0], command.slice(1), { stdio: 'inherit' });
// The terminal sends Ctrl-C to the whole group: the child ends in its own time, and we report how.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
