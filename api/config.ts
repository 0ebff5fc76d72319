import { z } from 'zod';
import { vouchedDays } from '../db/people/organisations.js';
import { assuranceLevels } from '../domain/people/assurance.js';
import { accountRoles } from '../domain/people/accounts.js';
import { accessScopes } from '../domain/people/access-scopes.js';
import { isPlainHttp } from '../ops/addresses.js';
import { jsonText, processEnvironment, secret } from '../ops/environment.js';
import { registerEnvironment } from '../ops/register-connection.js';
import { temporalEnvironment } from '../ops/temporal-connection.js';
import { tracingEnvironment } from '../ops/tracing.js';
import { type TokenClaims } from './auth/tokens.js';
import { type Limits } from './deps.js';

/** Over plain HTTP a session would travel in the open. */
const isSafeAddress = (address: string): boolean => !isPlainHttp(address);

const port = z.coerce.number().int().min(0).max(65_535);

const count = (usual: number) => z.coerce.number().int().min(1).default(usual);

const claim = z.string().regex(/^(\/[^/]+)+$|^[^\s/][^\s]*$/);

const assuranceMap = jsonText.pipe(z.record(z.string(), z.literal(assuranceLevels)));

const accountMap = jsonText.pipe(z.record(z.string(), z.enum(accountRoles)));

const scopeMap = jsonText.pipe(z.record(z.string(), z.array(z.enum(accessScopes))));

/** The environment of the API's process. */
export const apiEnvironment = z.object({
  REHEARSAL_IN_PRODUCTION: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('Business time may be stepped in production too'),
  CHECK_ANSWERS: z
    .enum(['yes', 'no'])
    .optional()
    .describe(
      'Every answer is checked against its schema, and one that differs is an error; left out: not with NODE_ENV=production',
    ),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on').meta({ inProduction: 'listener' }),
  PORT: port.default(3000).describe('Port to listen on; 0 takes a free one'),
  ...registerEnvironment,
  ...temporalEnvironment,
  OIDC_ISSUER: z.url().describe('Who signs access tokens').meta({ inProduction: 'https' }),
  OIDC_AUDIENCE: z.string().min(1).describe('What access tokens must be meant for'),
  OIDC_INTERNAL_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where this process reaches the issuer, if not under its own name')
    .meta({ inProduction: 'https' }),
  OIDC_CLIENT_ID: z.string().min(1).default('luong-xanh-web').describe('Client under which the pages sign people in'),
  OIDC_CLIENT_SECRET: secret(
    z.string().min(1).optional().describe('Secret of that client; left out: a public one, with PKCE alone'),
  ),
  OIDC_SUBJECT_CLAIM: claim
    .default('sub')
    .describe('Claim that holds the person’s id in the register; `/a/b` is b inside a'),
  OIDC_SCOPE_CLAIM: claim
    .default('scope')
    .describe(
      'Claim of access tokens that holds what they open, as words or a list; `none`: the issuer says nothing of it, and the person’s role does',
    ),
  OIDC_SCOPE_MAP: scopeMap
    .optional()
    .describe(
      'What the issuer’s values of that claim open here, as JSON: {"its value":["our:scope"]}; left out: they are ours',
    ),
  OIDC_ASSURANCE_CLAIM: claim
    .default('acr')
    .describe('Claim that holds how surely the issuer knows who somebody is; it is kept with each act'),
  OIDC_ASSURANCE_MAP: assuranceMap
    .optional()
    .describe(
      'What the issuer’s values of that claim are here, as JSON: {"its value":2}; 1 and 2 are the levels of electronic identification; left out: they are these themselves',
    ),
  OIDC_ACCOUNT_CLAIM: claim
    .optional()
    .describe(
      'Claim of the ID token that vouches for an investor or a representative: whoever comes with it for the first time has an account, by its `name` and `email`; left out: nobody has one by signing in',
    ),
  OIDC_ACCOUNT_MAP: accountMap
    .optional()
    .describe(
      'What the issuer’s values of that claim are here, as JSON: {"its value":"investor"}; left out: investor and representative themselves',
    ),
  OIDC_ENTERPRISE_CLAIM: claim
    .optional()
    .describe(
      'Claim of the ID token that vouches for the enterprise of whoever signs in, an object with `number` and `name` (and `country`, else VN): its people found or join its organisation; left out: nobody is vouched for, organisations grow by invitation alone',
    ),
  OIDC_ENTERPRISE_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(366)
    .default(vouchedDays)
    .describe(
      'Days for which what that claim said holds: after them whoever founds, joins or signs for an enterprise signs in again first',
    ),
  OIDC_TOKEN_TYPE: z
    .string()
    .min(1)
    .default('at+jwt')
    .describe('`typ` in the header of access tokens (RFC 9068: at+jwt; other issuers: JWT)'),
  SESSION_SECRET: secret(z.string().min(32).describe('Signs the cookies of people who are signed in at the pages')),
  PAGES_DIR: z
    .string()
    .min(1)
    .default('dist/web')
    .describe('Where the built pages are; without them there is the API alone'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:3000')
    .refine(isSafeAddress, 'plain HTTP is for this machine alone: give an https address')
    .describe('Base address of the public pages, as the codes on papers lead to it')
    .meta({ inProduction: 'public' }),
  AGENCY_HMAC_SECRET: secret(
    z.string().min(32).describe('Master secret from which the signing key of each agency is derived'),
  ),
  AGENCIES_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Base address of the agency systems, whose registers are asked for what the investor need not say')
    .meta({ inProduction: 'https' }),
  AGENCY_TOKEN: secret(z.string().min(16).optional().describe('Bearer token shown to the agency systems')),
  DOCUMENTS_DIR: z.string().min(1).describe('Where uploaded documents are kept'),
  TLOG_DIR: z.string().min(1).optional().describe('Where the files of the transparency log are; left out: no proofs'),
  MASTER_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Master keys that wrap the data key of each case (32 bytes in base64 a line, the current one first); left out: words are kept in clear',
    ),
  SEAL_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('RSA key (PEM, PKCS #8) that seals papers (PAdES); left out: papers carry no seal'),
  SEAL_CERTIFICATES_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Its certificates (PEM): its own first, then who vouches for it'),
  SEAL_TIMESTAMP_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Who says when a paper was sealed (RFC 3161); left out: nobody'),
  SIGNING_ACCOUNTS_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The remote signing service with which investors sign their filings; left out: none does')
    .meta({ inProduction: 'https' }),
  SIGNING_ACCOUNTS_TOKEN: secret(z.string().min(16).optional().describe('Bearer token shown to it')),
  SIGNING_ROOTS_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Certificates (PEM) of the authorities whose certificates are taken on filings: roots, and those through which they give them',
    ),
  SIGNING_REVOCATION_LISTS: z
    .string()
    .transform((text) => text.split(/\s+/).filter((url) => url !== ''))
    .pipe(z.array(z.url({ protocol: /^(https?|file)$/ })).min(1))
    .optional()
    .describe(
      'Where the lists of what they revoked are (CRL; https, http or file, with blanks between): of each authority one; a filing whose certificate no current list speaks of is not taken as signed',
    ),
  DOCUMENT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(25 * 1024 * 1024)
    .describe('Largest document'),
  DISK_RESERVE_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(256 * 1024 * 1024)
    .describe('Uploads are refused where less than this would stay free on the disk of the documents'),
  ...tracingEnvironment,
  ...processEnvironment(9464),
  RATE_LIMIT_PER_MINUTE: count(6_000).describe('Requests per address and minute of whoever is not signed in'),
  RATE_LIMIT_PER_PERSON: count(3_000).describe('Requests per person and minute, whatever their address'),
  QUOTA_DOCUMENTS_PER_DAY: count(500).describe('Documents one person may upload in a day'),
  QUOTA_DOCUMENT_BYTES_PER_DAY: count(2 * 1024 ** 3).describe('Bytes of documents one person may upload in a day'),
  QUOTA_UNUSED_DOCUMENT_BYTES: count(1024 ** 3).describe(
    'Bytes of documents that one person uploaded and no act has named yet',
  ),
  QUOTA_OPEN_DRAFTS: count(100).describe('Drafts of one investor that are neither filed nor discarded'),
  QUOTA_OPEN_POWERS: count(100).describe('Powers of attorney of one investor in force, to come or on offer'),
  QUOTA_QUESTIONS_PER_DAY: count(100).describe('Questions one person may ask in a day'),
  QUOTA_TRIAL_KEYS_PER_DAY: count(50).describe('Device keys one person may register in a day'),
  PUBLIC_LOOKUPS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(30)
    .describe('Public look-ups (status by PIN, decisions) per address and minute'),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0).describe('Reverse proxies in front of us'),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .max(200)
    .default(20)
    .describe('Sessions on the register, for reads and as many for acts'),
});

type Environment = z.output<typeof apiEnvironment>;

/** How much is taken, as the environment says. */
export const limitsOf = (environment: Environment): Limits => ({
  perMinute: environment.RATE_LIMIT_PER_MINUTE,
  perPersonPerMinute: environment.RATE_LIMIT_PER_PERSON,
  publicPerMinute: environment.PUBLIC_LOOKUPS_PER_MINUTE,
  quotas: {
    documents: {
      perDay: environment.QUOTA_DOCUMENTS_PER_DAY,
      bytesPerDay: environment.QUOTA_DOCUMENT_BYTES_PER_DAY,
      unusedBytes: environment.QUOTA_UNUSED_DOCUMENT_BYTES,
    },
    openDrafts: environment.QUOTA_OPEN_DRAFTS,
    openPowers: environment.QUOTA_OPEN_POWERS,
    questionsPerDay: environment.QUOTA_QUESTIONS_PER_DAY,
    trialKeysPerDay: environment.QUOTA_TRIAL_KEYS_PER_DAY,
  },
});

/** How the issuer's tokens say who somebody is and what they open. */
export const claimsOf = (environment: Environment): TokenClaims => ({
  type: environment.OIDC_TOKEN_TYPE,
  subject: environment.OIDC_SUBJECT_CLAIM,
  ...(environment.OIDC_SCOPE_CLAIM !== 'none' && { scope: environment.OIDC_SCOPE_CLAIM }),
  ...(environment.OIDC_SCOPE_MAP !== undefined && { scopeMap: environment.OIDC_SCOPE_MAP }),
  ...assuranceOf(environment),
});

const assuranceOf = (environment: Environment): Pick<TokenClaims, 'assurance' | 'assuranceMap'> => ({
  assurance: environment.OIDC_ASSURANCE_CLAIM,
  ...(environment.OIDC_ASSURANCE_MAP !== undefined && { assuranceMap: environment.OIDC_ASSURANCE_MAP }),
});

/** As whom the pages sign people in at the issuer. */
export const clientOf = (environment: Environment) => ({
  client: { id: environment.OIDC_CLIENT_ID, secret: environment.OIDC_CLIENT_SECRET },
  subjectClaim: environment.OIDC_SUBJECT_CLAIM,
  assurance: assuranceOf(environment),
  ...(environment.OIDC_ENTERPRISE_CLAIM !== undefined && {
    enterprises: { claim: environment.OIDC_ENTERPRISE_CLAIM, days: environment.OIDC_ENTERPRISE_DAYS },
  }),
  ...(environment.OIDC_ACCOUNT_CLAIM !== undefined && {
    accounts: {
      claim: environment.OIDC_ACCOUNT_CLAIM,
      ...(environment.OIDC_ACCOUNT_MAP !== undefined && { roles: environment.OIDC_ACCOUNT_MAP }),
    },
  }),
});
