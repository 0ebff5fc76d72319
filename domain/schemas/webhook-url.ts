import { z } from 'zod';

/** Networks that no webhook reaches in production: this machine, private and shared networks, link-local, multicast, and what wraps them in IPv6. */
export const privateRanges: readonly (readonly [address: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['::1', 128, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const octets = (host: string): number[] | undefined => {
  const parts = host.split('.').map(Number);
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ? parts : undefined;
};

const inRange = (address: number[], network: number[], prefix: number): boolean => {
  const bits = (parts: number[]) => parts.map((part) => part.toString(2).padStart(8, '0')).join('');
  return bits(address).slice(0, prefix) === bits(network).slice(0, prefix);
};

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || octets(host)?.[0] === 127;

/** A host of a URL that says itself that it is not public: loopback, a private IPv4 address, any IPv6 literal, a name without a dot or of a closed zone. */
export function isPrivateHost(host: string): boolean {
  const address = octets(host);
  if (address !== undefined)
    return privateRanges.some(
      ([network, prefix, family]) => family === 'ipv4' && inRange(address, octets(network) ?? [], prefix),
    );
  return host.startsWith('[') || !host.includes('.') || /\.(localhost|local|internal|home\.arpa)\.?$/.test(host);
}

const parsed = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

/** Where events may be sent: https, or http to this machine; no login in it. In production no private address at all. */
export const webhookUrl = (production: boolean) =>
  z
    .string()
    .max(2_000)
    .refine(
      (text) => {
        const url = parsed(text);
        if (!url || url.username !== '' || url.password !== '' || url.hash !== '') return false;
        if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) return false;
        return !production || !isPrivateHost(url.hostname);
      },
      production ? 'https, a public address, no login in it' : 'https, or http to this machine, no login in it',
    );
