import { type z } from 'zod';
import { hostOf, isLoopback, isPlainHttp } from './addresses.js';

/** What is refused in production. Whoever knows what they do names it in UNSAFE_IN_PRODUCTION. */
export const unsafeRules = [
  'stand-ins',
  'plain-http',
  'plain-database',
  'plain-temporal',
  'plain-mail',
  'weak-secrets',
  'example-addresses',
] as const;
type UnsafeRule = (typeof unsafeRules)[number];

/** How production looks at a setting: the value of `inProduction` in its `meta`. */
type Kind = 'stand-in' | 'https' | 'public' | 'listener' | 'database' | 'temporal' | 'mail' | 'sender';
type Settings = Readonly<Record<string, unknown>>;

const checks: Readonly<Record<Kind, (value: string, settings: Settings) => UnsafeRule | undefined>> = {
  'stand-in': () => 'stand-ins',
  https: (value) => (isPlainHttp(value) ? 'plain-http' : undefined),
  public: (value) =>
    isLoopback(new URL(value).hostname) || isExample(new URL(value).hostname) ? 'example-addresses' : undefined,
  // Nobody stands in front who could speak TLS.
  listener: (value, { TRUSTED_PROXIES }) => (!isLoopback(value) && TRUSTED_PROXIES === 0 ? 'plain-http' : undefined),
  database: (value) => (isCheckedDatabase(value) ? undefined : 'plain-database'),
  temporal: (value, settings) => (isLoopback(hostOf(value)) || speaksTls(settings) ? undefined : 'plain-temporal'),
  mail: (value, { SMTP_TLS }) => {
    const { protocol, hostname } = new URL(value);
    return protocol === 'smtps:' || SMTP_TLS === 'required' || isLoopback(hostname) ? undefined : 'plain-mail';
  },
  sender: (value) => (isExample(/@([^>\s]+)>?$/.exec(value)?.[1] ?? '') ? 'example-addresses' : undefined),
};

const isExample = (host: string): boolean => /(^|\.)(example(\.(com|net|org))?|invalid|test)$/.test(host);

function isCheckedDatabase(address: string): boolean {
  const { hostname, searchParams } = new URL(address);
  const socket = searchParams.get('host')?.startsWith('/') === true;
  return socket || isLoopback(hostname) || searchParams.get('sslmode') === 'verify-full';
}

/** Whether these settings make the connection to Temporal a TLS one: each of them does. */
export const speaksTls = (settings: Settings): boolean =>
  settings['TEMPORAL_TLS'] === true ||
  ['TEMPORAL_TLS_SERVER_CA_CERT_PATH', 'TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_API_KEY'].some(
    (name) => settings[name] !== undefined,
  );

const sentences: Readonly<Record<UnsafeRule, { readonly vi: string; readonly en: string }>> = {
  'stand-ins': {
    vi: 'chương trình này chỉ thay thế hệ thống thật để trình diễn; hãy dừng nó và trỏ tới hệ thống thật',
    en: 'this program only stands in for the real system; stop it and give the address of the real one',
  },
  'plain-http': {
    vi: 'kết nối không mã hóa sang máy khác; hãy dùng https, hoặc đặt proxy TLS phía trước và TRUSTED_PROXIES',
    en: 'an unencrypted connection with another machine; use https, or put a TLS proxy in front and set TRUSTED_PROXIES',
  },
  'plain-database': {
    vi: 'kết nối cơ sở dữ liệu không được mã hóa và kiểm tra chứng chỉ; thêm ?sslmode=verify-full&sslrootcert=<tệp CA>',
    en: 'the connection is not encrypted with a checked certificate; add ?sslmode=verify-full&sslrootcert=<file of the CA>',
  },
  'plain-temporal': {
    vi: 'kết nối Temporal không được mã hóa; đặt TEMPORAL_TLS=true',
    en: 'the connection to Temporal is not encrypted; set TEMPORAL_TLS=true',
  },
  'plain-mail': {
    vi: 'thư và mật khẩu có thể đi không mã hóa; đặt SMTP_TLS=required hoặc dùng smtps://',
    en: 'mails and password may travel in the open; set SMTP_TLS=required or use smtps://',
  },
  'weak-secrets': {
    vi: 'không phải giá trị bí mật ngẫu nhiên, riêng cho thiết lập này; tạo bằng: openssl rand -hex 32',
    en: 'is no random value of its own; make one with: openssl rand -hex 32',
  },
  'example-addresses': {
    vi: 'địa chỉ ví dụ hoặc chỉ máy này thấy được; hãy đặt địa chỉ thật',
    en: 'an address of an example or of this machine alone; give the real one',
  },
};

/** Fewer different characters than any random value has. */
const isWeak = (value: string): boolean => new Set(value).size < 10;

/**
 * What of these settings must not be so in production, a sentence each, in both languages; nothing outside it, nor what UNSAFE_IN_PRODUCTION names. Values are not
 * repeated: they may be secret. `secrets`: names of what nobody may see.
 */
export function refusedInProduction(schema: z.ZodObject, settings: Settings, secrets: readonly string[]): string[] {
  if (settings['NODE_ENV'] !== 'production') return [];
  const waived = (settings['UNSAFE_IN_PRODUCTION'] ?? []) as readonly UnsafeRule[];
  const found: (readonly [string, UnsafeRule])[] = [];
  for (const [name, one] of Object.entries(schema.shape)) {
    const kind = (one as z.ZodType).meta()?.['inProduction'] as Kind | undefined;
    const value = settings[name];
    if (kind === undefined || value === undefined) continue;
    const rule = checks[kind](String(value), settings);
    if (rule) found.push([name, rule]);
  }
  const given = secrets.flatMap((name) => {
    const value = settings[name];
    return typeof value === 'string' && !value.includes('://') ? [{ name, value }] : [];
  });
  for (const { name, value } of given) {
    const twice = given.some((other) => other.name !== name && other.value === value);
    if (twice || isWeak(value)) found.push([name, 'weak-secrets']);
  }
  return found
    .filter(([, rule]) => !waived.includes(rule))
    .map(([name, rule]) => {
      const { vi, en } = sentences[rule];
      return `${name} [${rule}]: ${vi} · ${en}`;
    });
}
