import { once } from 'node:events';
import { createDeflate } from 'node:zlib';

/** So many MiB of the same line, deflated; never whole in memory. */
async function deflated(mib: number, line: string): Promise<Buffer> {
  const packer = createDeflate({ level: 9 });
  const parts: Buffer[] = [];
  packer.on('data', (part: Buffer) => parts.push(part));
  const piece = Buffer.alloc(1024 * 1024, line);
  for (let n = 0; n < mib; n++) if (!packer.write(piece)) await once(packer, 'drain');
  packer.end();
  await once(packer, 'end');
  return Buffer.concat(parts);
}

const stream = (head: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`${head} /Length ${body.length} >>\nstream\n`),
    body,
    Buffer.from('\nendstream\nendobj\n'),
  ]);

/** A small PDF whose cross-reference stream unpacks to so many MiB of zeros. */
export async function crossReferenceBomb(mib: number): Promise<Buffer> {
  const head = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n');
  const table = '3 0 obj\n<< /Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode';
  const end = Buffer.from(`startxref\n${head.length}\n%%EOF\n`);
  return Buffer.concat([head, stream(table, await deflated(mib, '\0')), end]);
}

/** A small PDF of one page whose content unpacks to so many MiB. */
export async function contentBomb(mib: number): Promise<Buffer> {
  const objects = [
    Buffer.from('1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n'),
    Buffer.from('2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n'),
    Buffer.from('3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>\nendobj\n'),
    stream('4 0 obj\n<< /Filter /FlateDecode', await deflated(mib, 'q Q\n')),
  ];
  const places: number[] = [];
  let at = 9;
  for (const one of objects) {
    places.push(at);
    at += one.length;
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 5\n0000000000 65535 f \n${table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), ...objects, Buffer.from(end)]);
}
