// In place of the API in tests of the supervisor: answers on its ports, and with STAND_IN_HANGS does not end when asked.
import { createServer } from 'node:http';

for (const port of [process.env['PORT'], process.env['OPERATIONS_PORT']]) {
  createServer((_request, response) => {
    response.end(String(process.pid));
  }).listen(Number(port), '127.0.0.1');
}
if (process.env['STAND_IN_HANGS'] === '1') process.on('SIGTERM', () => console.log('not yet'));
