import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { PASSWORD_TOO_LONG } from './errors.ts'

/** The most characters that a password or key can have. */
export const MAX_SECRET_LENGTH = 4096

/** 2^14 blocks of 1 KiB, five times over: 16 MiB of memory, about 0.15 s of one core. */
const COST = { ln: 14, r: 8, p: 5 } as const
const SALT_BYTES = 16
const HASH_BYTES = 32
/** A stored text may ask for no more than this, so that a forged row cannot exhaust the memory. */
const MAX_MEMORY = 256 * 1024 * 1024

interface Stored {
  readonly ln: number
  readonly r: number
  readonly p: number
  readonly salt: Buffer
  readonly hash: Buffer
}

/** The outcome of a comparison; `outdated` asks the caller to store a new hash made with today's parameters. */
export interface Verdict {
  readonly valid: boolean
  readonly outdated: boolean
}

const REFUSED: Verdict = { valid: false, outdated: false }

function derive(plain: string, salt: Buffer, { ln, r, p }: Omit<Stored, 'salt' | 'hash'>): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: MAX_MEMORY }
  return new Promise((resolve, reject) => {
    // Typed on some keyboards as one character, on others as two: both are the same password.
    scrypt(plain.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

const encode = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

/**
 * A salted scrypt hash that carries its parameters: `$scrypt$ln=14,r=8,p=5$SALT$HASH`.
 * @throws PASSWORD_TOO_LONG
 */
export async function hashPassword(plain: string): Promise<string> {
  if (plain.length > MAX_SECRET_LENGTH) throw new PASSWORD_TOO_LONG(MAX_SECRET_LENGTH)
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(plain, salt, COST)
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${encode(salt)}$${encode(hash)}`
}

function parse(stored: string): Stored | undefined {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/-]+)\$([\w+/-]+)$/.exec(stored)
  if (!match) return undefined
  const [, ln, r, p, salt = '', hash = ''] = match
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

/** Whether a password is the one that was hashed, compared in constant time. A text that is no hash fits nothing. */
export async function verifyPassword(plain: string, stored: string): Promise<Verdict> {
  const parsed = parse(stored)
  if (!parsed || parsed.hash.length !== HASH_BYTES || plain.length > MAX_SECRET_LENGTH) return REFUSED
  if (128 * 2 ** parsed.ln * parsed.r > MAX_MEMORY / 2) return REFUSED
  if (!timingSafeEqual(await derive(plain, parsed.salt, parsed), parsed.hash)) return REFUSED
  return { valid: true, outdated: parsed.ln !== COST.ln || parsed.r !== COST.r || parsed.p !== COST.p }
}

/** Takes as long as a comparison: spent on unknown logins, so that the time of the answer does not tell them apart. */
export async function verifyNothing(plain: string): Promise<void> {
  if (plain.length <= MAX_SECRET_LENGTH) await derive(plain, Buffer.alloc(SALT_BYTES), COST)
}
