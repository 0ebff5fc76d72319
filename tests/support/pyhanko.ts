import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from '../../scripts/platform/locks.js';
import { systemProgram } from './system-package.js';

const run = promisify(execFile);
const version = '0.31.0';
const home = join(homedir(), '.cache/luong-xanh/pyhanko', version);
const python = join(home, 'bin/python');
let ready: Promise<string> | undefined;

/** A Python that has pyHanko, in a folder of its own that is kept: from the registry of Python's packages where it is not there yet. */
const pyhanko = (): Promise<string> => (ready ??= installed());

async function installed(): Promise<string> {
  const system = await systemProgram(
    ['python3'],
    ['python3-venv'],
    'These tests check PDFs with pyHanko: install Python 3.9 or newer with venv and pip, then try again',
  );
  const say = (line: string) => process.stderr.write(`${line}\n`);
  return withLock(join(tmpdir(), 'luong-xanh-pyhanko.lock'), say, async () => {
    if (existsSync(join(home, 'whole'))) return python;
    say(`Installing pyHanko ${version}`);
    await rm(home, { recursive: true, force: true });
    await mkdir(dirname(home), { recursive: true });
    await run(system, ['-m', 'venv', home]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `pyhanko==${version}`]);
    await writeFile(`${home}.whole`, '');
    await rename(`${home}.whole`, join(home, 'whole'));
    return python;
  });
}

/** What pyHanko says of the seal of a paper. */
export interface SealSaid {
  /** Its bytes are those that were sealed. */
  readonly intact: boolean;
  /** What was added after it: `LTA_UPDATES` is what makes it hold for long, `OTHER` is somebody else’s hand. */
  readonly added: string;
  /** It holds by what is known now. */
  readonly holds: boolean;
  /** It holds by the time stamps alone, years later (PAdES B-LTA). */
  readonly holdsForLong: boolean;
  readonly summary: string;
  /** Whether the last time stamp covers the whole file. */
  readonly stamped: string;
}

const program = `
import json, logging, sys
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import RevocationInfoValidationType, validate_pdf_ltv_signature, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
logging.disable(logging.CRITICAL)
file, root, listed = sys.argv[1:4]
known = {'trust_roots': [load_cert_from_pemder(root)], 'allow_fetching': False, 'crls': [open(listed, 'rb').read()]}
with open(file, 'rb') as content:
    reader = PdfFileReader(content)
    seal = reader.embedded_regular_signatures[0]
    now = validate_pdf_signature(seal, ValidationContext(revocation_mode='hard-fail', **known))
    try:
        later = validate_pdf_ltv_signature(seal, RevocationInfoValidationType.PADES_LTA, known)
        holds, summary = later.bottom_line, later.summary()
    except SignatureValidationError as refused:
        holds, summary = False, str(refused)
    stamp = reader.embedded_timestamp_signatures[-1]
    print(json.dumps({'intact': now.intact, 'added': now.modification_level.name, 'holds': now.bottom_line,
        'holdsForLong': holds, 'summary': summary, 'stamped': stamp.evaluate_signature_coverage().name}))
`;

/** Asks pyHanko about the seal of a paper, with nobody trusted but this root (PEM), and what it revoked (CRL, DER). */
export async function pyhankoSays(
  pdf: Uint8Array,
  { root, revocations }: { readonly root: string; readonly revocations: Uint8Array },
): Promise<SealSaid> {
  const interpreter = await pyhanko();
  const folder = await mkdtemp(join(tmpdir(), 'luong-xanh-pyhanko-'));
  try {
    const at = (name: string) => join(folder, name);
    await writeFile(at('paper.pdf'), pdf);
    await writeFile(at('root.pem'), root);
    await writeFile(at('list.crl'), revocations);
    const { stdout } = await run(interpreter, ['-c', program, at('paper.pdf'), at('root.pem'), at('list.crl')]);
    return JSON.parse(stdout) as SealSaid;
  } finally {
    await rm(folder, { recursive: true });
  }
}
