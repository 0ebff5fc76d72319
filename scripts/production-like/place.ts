import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Compose, type ComposeService } from './compose.js';

/** One container's stand-in on this machine: a replica of a service. */
export interface Replica {
  readonly service: string;
  readonly number: number;
}

/** Where what the containers know by name is on this machine. */
export interface PlaceOf {
  /** The port in place of one in a container. */
  port(service: string, number: number, port: string): number;
  readonly secretsFolder: string;
  readonly volumesFolder: string;
}

const root = resolve(import.meta.dirname, '../..');

/**
 * The environment of a replica on this machine: service names become loopback, ports the chosen ones, volumes and secrets folders and files. What is none of these
 * stays word for word.
 */
export function environmentOf(
  compose: Compose,
  { service, number }: Replica,
  { port, secretsFolder, volumesFolder }: PlaceOf,
): NodeJS.ProcessEnv {
  const found = compose.services[service] as ComposeService;
  const own = (inside: string) => String(port(service, number, inside));
  const elsewhere = (name: string, inside: string) => `localhost:${port(name, 1, inside)}`;
  const published = new Map(
    Object.entries(compose.services).flatMap(([name, one]) =>
      one.ports.map((text) => {
        const [inside = '', outside = ''] = text.split(':').reverse();
        return [outside, () => elsewhere(name, inside)] as const;
      }),
    ),
  );
  const names = Object.keys(compose.services).join('|');
  const files = new Map<string, string>(
    found.secrets.map((one) => {
      const [source, target] = typeof one === 'string' ? [one, one] : [one.source, one.target];
      const file = compose.secrets[source]?.file ?? '';
      return [`/run/secrets/${target}`, join(secretsFolder, file.replace(/^secrets\//, ''))] as const;
    }),
  );
  const folders: [string, string][] = found.volumes.flatMap((text): [string, string][] => {
    const [source = '', target = ''] = text.split(':');
    return source.startsWith('.') ? [] : [[target, join(volumesFolder, source)]];
  });
  // What a container keeps for itself.
  folders.push(['/tmp', join(volumesFolder, `tmp-${service}-${number}`)]);
  const placed = (name: string, value: string): string => {
    if (value === '0.0.0.0') return '127.0.0.1';
    if (/(^|_)PORT$/.test(name)) return own(value);
    for (const [target, folder] of folders)
      if (value === target || value.startsWith(`${target}/`)) return folder + value.slice(target.length);
    let text = value.replace(
      new RegExp(`(^|[/@])(${names}):(\\d+)`, 'g'),
      (_all, before: string, other: string, inside: string) => `${before}${elsewhere(other, inside)}`,
    );
    text = text.replace(/localhost:(\d+)/g, (all, outside: string) => published.get(outside)?.() ?? all);
    text = text.replace(/\/run\/secrets\/[\w-]+/g, (path) => files.get(path) ?? path);
    return text;
  };
  const listed = found.env_file.flatMap((file) =>
    readFileSync(join(file.startsWith('secrets/') ? secretsFolder : root, file.replace(/^secrets\//, '')), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const at = line.indexOf('=');
        return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
      }),
  );
  return {
    ...Object.fromEntries(listed),
    ...Object.fromEntries(Object.entries(found.environment).map(([name, value]) => [name, placed(name, value)])),
  };
}
