import { randomUUID } from 'node:crypto';

/** What the API said no with. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem: unknown,
  ) {
    super(`${status} ${code} ${JSON.stringify(problem)}`);
  }
}

interface Content {
  readonly body: string | FormData;
  readonly type?: string;
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface ClientOptions {
  readonly apiUrl: string;
  /** A fresh access token of this person. */
  readonly token: () => Promise<string>;
  /** Gives up on an API that stays away. */
  readonly patienceMs?: number;
}

/**
 * One person at the API. Tries again while a server is away or busy, with the same Idempotency-Key, so that nothing is done twice however often a process dies in between.
 */
export class ApiClient {
  private current: Promise<string> | undefined;

  constructor(private readonly options: ClientOptions) {}

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body: unknown = {}, key: string = randomUUID()): Promise<T> {
    return this.send<T>('POST', path, { body: JSON.stringify(body), type: 'application/json', key });
  }

  /** Sends these very bytes, signed by a device: nobody has to be signed in for that. */
  signed<T>(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<T> {
    return this.send<T>('POST', path, { body, type: 'application/json', key: randomUUID(), headers });
  }

  /** Uploads a document and answers its id. */
  async upload(name: string, content: Buffer, type: string): Promise<string> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(content)], { type }), name);
    const { id } = await this.send<{ id: string }>('POST', '/documents', { body: form, key: randomUUID() });
    return id;
  }

  /** The bytes of a paper. */
  async download(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.answer('GET', path)).arrayBuffer());
  }

  private async send<T>(method: string, path: string, content?: Content): Promise<T> {
    return (await (await this.answer(method, path, content)).json()) as T;
  }

  private async answer(method: string, path: string, content?: Content): Promise<Response> {
    const until = performance.now() + (this.options.patienceMs ?? 120_000);
    for (;;) {
      const answer = await this.once(method, path, content);
      if (answer instanceof Response && answer.ok) return answer;
      const refusal = answer instanceof Response ? await refusalOf(answer) : answer;
      const again = !(refusal instanceof ApiRefusal) || refusal.status === 503 || refusal.status === 429;
      if (refusal instanceof ApiRefusal && refusal.code === 'TOKEN_EXPIRED') {
        this.current = undefined;
        continue;
      }
      if (!again || performance.now() > until) throw refusal;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }

  private async once(method: string, path: string, content?: Content): Promise<Response | Error> {
    try {
      const headers: Record<string, string> = {
        authorization: `Bearer ${await (this.current ??= this.options.token())}`,
      };
      if (content) headers['idempotency-key'] = content.key;
      if (content?.type !== undefined) headers['content-type'] = content.type;
      Object.assign(headers, content?.headers);
      return await fetch(`${this.options.apiUrl}/api/v1${path}`, {
        method,
        headers,
        ...(content && { body: content.body }),
        signal: AbortSignal.timeout(40_000),
      });
    } catch (error) {
      this.current = undefined;
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

async function refusalOf(response: Response): Promise<ApiRefusal> {
  const text = await response.text();
  let problem: unknown = text;
  try {
    problem = JSON.parse(text);
  } catch {
    // Not of our making: shown as it came.
  }
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : 'NO_CODE';
  return new ApiRefusal(response.status, code, problem);
}
