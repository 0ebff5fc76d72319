import { type RunDetails } from './instance.js';
import { readSecrets } from './secrets.js';

/** An access token of a demonstration account, from the identity provider of a running installation. A person that is not there is an error. */
export async function requestToken(
  dataDir: string,
  at: Pick<RunDetails, 'issuer' | 'audience'>,
  user: string,
): Promise<string> {
  const { demonstrationPassword } = readSecrets(dataDir);
  const response = await fetch(new URL('/token', at.issuer), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:luong-xanh:params:oauth:grant-type:demonstration',
      client_id: 'luong-xanh-demonstration',
      resource: at.audience,
      username: user,
      password: demonstrationPassword,
    }),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as { access_token?: string; error?: string; error_description?: string };
  if (answer.access_token !== undefined) return answer.access_token;
  if (answer.error === 'invalid_grant')
    throw new Error(`Không có tài khoản «${user}».\nThere is no account "${user}".`);
  throw new Error(`${response.status} ${answer.error ?? ''} ${answer.error_description ?? ''}`.trim());
}
