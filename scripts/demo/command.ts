import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What one of our commands printed, and how it ended. */
export interface Commanded {
  readonly code: number | null;
  readonly said: string;
}

/** Runs one of our commands as an operator would. */
export const runCommand = (file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Commanded> =>
  run(process.execPath, ['--import', 'tsx', join(root, file), ...args], env);

/** By what a process had no network: its own, empty network of the kernel, or every socket refused to it. */
export type Apart = 'namespace' | 'no-sockets';

/** Runs a program of Node (its own arguments first) in a process that has no network at all. */
export async function runOffline(args: readonly string[], cwd = root): Promise<Commanded & { readonly apart: Apart }> {
  const apart = ['--user', '--map-root-user', '--net'];
  const isApart = (await run('unshare', [...apart, 'true'], {})).code === 0;
  return isApart
    ? { apart: 'namespace', ...(await run('unshare', [...apart, process.execPath, ...args], {}, cwd)) }
    : { apart: 'no-sockets', ...(await withoutSockets(args, cwd)) };
}

/** The same on a machine that takes no network away from a process: whoever opens a socket or asks for an address fails. */
export const withoutSockets = (args: readonly string[], cwd = root): Promise<Commanded> =>
  run(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(refuseSockets)}`, ...args], {}, cwd);

const refuseSockets = `
import net from 'node:net';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
const refused = () => { throw new Error('This process has no network'); };
net.Socket.prototype.connect = refused;
dgram.createSocket = refused;
for (const of of [dns, dns.promises]) for (const name of Object.keys(of)) if (/^(lookup|resolve|reverse)/.test(name)) of[name] = refused;
syncBuiltinESMExports();
`;

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = root): Promise<Commanded> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, said: error.message }));
    child.once('close', (code) => resolve({ code, said }));
  });
}
