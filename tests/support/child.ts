import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Starts one of our TypeScript files in a process of its own, from the root of the repository. */
export function startScript(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ScriptProcess {
  return startCommand(process.execPath, ['--import', 'tsx', join(root, file), ...args], env);
}

/** Starts any program from the root of the repository. */
export function startCommand(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ScriptProcess {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      for (const watcher of watchers) watcher();
    });
  }
  const exited = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone'));
  });
  return {
    child,
    exited,
    output: () => output,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output);
          if (found === null) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        void exited.then((how) =>
          reject(new Error(`${[command, ...args].join(' ')} ended (${how}) without printing ${pattern}:\n${output}`)),
        );
        look();
      }),
  };
}

/** A process of ours under test. */
export interface ScriptProcess {
  readonly child: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly exited: Promise<number | string>;
  /** Everything it wrote so far, on both streams. */
  output(): string;
  /** Resolves when its output matches; rejects when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}
