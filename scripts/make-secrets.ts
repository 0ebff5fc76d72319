// Makes the secrets of docker-compose.yml in a folder (secrets): npm run make-secrets [-- folder]. What is there stays.
import { resolve } from 'node:path';
import { makeSecrets } from './production-like/make-secrets.js';

const folder = resolve(process.argv[2] ?? 'secrets');
const made = await makeSecrets(folder);
console.log(
  made.length === 0
    ? `${folder}: đã đủ, không tạo gì thêm · nothing is missing, nothing was made`
    : `${folder}: đã tạo ${made.length} tệp bí mật; hãy giữ một bản sao ở nơi an toàn · made ${made.length} secret files; keep a copy in a safe place`,
);
