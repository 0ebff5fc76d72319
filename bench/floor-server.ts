// A route that does what an act does, without rules, in a process of its own. Usage: floor-server.ts <url of the database>
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import express from 'express';
import { createPool } from '../db/pool.js';

const pool = createPool(process.argv[2] ?? '', { max: 20 });
const app = express();
app.use(express.json());
// Round trip by round trip as a completion: whose token it is, whether they may, when it was admitted, lock and load, write, commit.
app.post('/tasks/:id/completion', (request, response, next) => {
  const aid = Number(request.params.id);
  const act = async (): Promise<void> => {
    const read = { name: 'read', text: 'select abalance from bench.accounts where aid = $1', values: [aid] };
    for (let i = 0; i < 3; i++) await pool.query(read);
    const client = await pool.connect();
    try {
      await client.query(`begin; select abalance from bench.accounts where aid = ${aid} for no key update`);
      await client.query({
        name: 'write',
        text: `with written as (insert into bench.history (aid, delta, mtime) values ($1, 1, current_timestamp))
               update bench.accounts set abalance = abalance + 1 where aid = $1`,
        values: [aid],
      });
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  act().then(() => response.json({ case: request.params.id, caseSeq: aid }), next);
});

const server = createServer(app).listen(0, '127.0.0.1', () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
process.on('disconnect', () => {
  server.closeAllConnections();
  server.close();
  void pool.end();
});
