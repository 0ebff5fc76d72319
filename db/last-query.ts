import pg from 'pg';

/** What is used of pg's connection: the messages of PostgreSQL's extended protocol. */
interface Wire {
  parse(statement: { readonly text: string; readonly name: string; readonly types: readonly string[] }): void;
  bind(portal: { readonly portal: string; readonly statement: string; readonly values: readonly unknown[] }): void;
  execute(portal: { readonly portal: string }): void;
  sync(): void;
}

/** A statement and `commit` behind it in one message: where the statement fails, PostgreSQL leaves out what follows until the end of the message. */
class LastQuery extends pg.Query {
  /** In place of pg's own, which it calls once the statement is bound: to execute it, and to end the message. */
  _getRows(wire: Wire): void {
    wire.execute({ portal: '' });
    wire.parse({ text: 'commit', name: '', types: [] });
    wire.bind({ portal: '', statement: '', values: [] });
    wire.execute({ portal: '' });
    wire.sync();
  }
}

/**
 * The last statement of a transaction and its commit in one round trip. Named, so that the session plans it once. Where it throws, the transaction is to be left by
 * `rollback` as ever: of a commit nobody heard of nothing is known.
 */
export async function queryAndCommit<Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  statement: { readonly name: string; readonly text: string; readonly values: unknown[] },
): Promise<Row[]> {
  const results = await new Promise<unknown>((resolve, reject) => {
    client.query(
      new LastQuery(statement, (error, result) => {
        if (error) reject(error);
        else resolve(result);
      }),
    );
  });
  const [asked, committed] = results as readonly pg.QueryResult<Row>[];
  if (asked === undefined || committed?.command !== 'COMMIT') throw new Error('The transaction was not committed');
  return asked.rows;
}
