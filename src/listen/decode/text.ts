import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ProblemError } from '../../core/result.ts'
import { fileProblem } from '../reasons/files.ts'

export type Bytes = AsyncIterable<Uint8Array | string>

/** How a file's bytes are its text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

export interface DecodedText {
  /** Undefined until a character beyond ASCII was met; then it never changes. */
  encoding(): Encoding | undefined
  chunks: AsyncIterable<string>
}

/** What is looked at before the encoding of a text without a byte-order mark is decided. */
const SAMPLE_BYTES = 64 * 1024
/** A compressed file may grow by this factor (and by the allowance, for small ones) before it is taken for a bomb. */
const MOST_GROWTH = 100
const GROWTH_ALLOWANCE = 16 * 1024 * 1024

/**
 * The text of a stream of bytes: UTF-8, UTF-16 (by its mark, or by its NULs), or GB18030 where it is not UTF-8 but good Chinese in GB18030;
 * gzip is unpacked. The mark is dropped. Bounded memory. Throws a ProblemError (`encoding`, `format`, `too_large`) where it is none of these.
 */
export function decodeText(stream: Bytes): DecodedText {
  let encoding: Encoding | undefined
  async function* chunks(): AsyncGenerator<string> {
    const bytes = whole(unpackedBytes(stream))
    const head = await bytes.next()
    if (head.done) return
    encoding = byMark(head.value) ?? byNuls(head.value)
    if (encoding === undefined) refuseOtherFormats(head.value)
    yield* decoded(chain(head.value, bytes), encoding, (found) => {
      encoding = found
    })
  }
  return { encoding: () => encoding, chunks: chunks() }
}

export async function* buffers(stream: Bytes): AsyncGenerator<Buffer> {
  for await (const piece of stream)
    if (piece.length > 0)
      yield typeof piece === 'string'
        ? Buffer.from(piece)
        : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
}

/** The bytes of a stream, unpacked where it is gzip: for sources that decide on their encoding by themselves. */
export const unpackedBytes = (stream: Bytes): AsyncGenerator<Buffer> => unpacked(buffers(stream))

/** First pieces joined until there are enough bytes to know a format by its beginning. */
async function* whole(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const piece of pieces) {
    if (head === undefined) yield piece
    else {
      head = Buffer.concat([head, piece])
      if (head.length < 512) continue
      yield head
      head = undefined
    }
  }
  if (head !== undefined && head.length > 0) yield head
}

async function* chain<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first
  yield* rest
}

/** Unpacks gzip; anything else passes as it is. */
async function* unpacked(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const head = await pieces.next()
  if (head.done) return
  const all = chain(head.value, pieces)
  if (!(head.value[0] === 0x1f && head.value[1] === 0x8b)) return yield* all
  let read = 0
  let made = 0
  async function* counted() {
    for await (const piece of all) {
      read += piece.length
      yield piece
    }
  }
  const gunzip = createGunzip()
  // What goes wrong reaches the loop below as it ends.
  pipeline(Readable.from(counted()), gunzip, () => {})
  try {
    for await (const piece of gunzip) {
      made += (piece as Buffer).length
      if (made > GROWTH_ALLOWANCE + read * MOST_GROWTH)
        throw new ProblemError(fileProblem('gzip_bomb', { times: MOST_GROWTH }))
      yield piece as Buffer
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw new ProblemError(fileProblem('gzip_broken', { why: (error as Error).message }))
  }
}

function byMark([a, b]: Buffer): Encoding | undefined {
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
}

/** Text in UTF-16 without a mark has a NUL in nearly every second byte, as long as it is mostly ASCII. */
function byNuls(head: Buffer): Encoding | undefined {
  const sample = head.subarray(0, 512)
  let even = 0
  let odd = 0
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) i % 2 === 0 ? even++ : odd++
  if (odd > sample.length / 8 && odd > 8 * even) return 'utf-16le'
  if (even > sample.length / 8 && even > 8 * odd) return 'utf-16be'
}

function refuseOtherFormats(head: Buffer): void {
  const [a, b] = head
  if (/^\s*<(?:!doctype html|html)\b/i.test(head.toString('latin1', 0, 200).replace(/^\u00ef\u00bb\u00bf/, '')))
    throw new ProblemError(fileProblem('web_page', {}))
  if (a === 0x50 && b === 0x4b) throw new ProblemError(fileProblem('archive_as_text', {}))
}

/** Decodes piece by piece. While all is ASCII nothing needs to be decided; then a sample decides between UTF-8 and GB18030. */
async function* decoded(
  pieces: AsyncIterable<Buffer>,
  known: Encoding | undefined,
  found: (encoding: Encoding) => void,
): AsyncGenerator<string> {
  let decoder = known && new TextDecoder(known, { fatal: true })
  let encoding = known
  let before = 0
  let sample: Buffer[] = []
  let sampled = 0
  const decode = (bytes?: Buffer): string => {
    if (bytes !== undefined && !encoding?.startsWith('utf-16') && bytes.includes(0))
      throw notText(before + bytes.indexOf(0))
    try {
      return decoder!.decode(bytes, { stream: bytes !== undefined })
    } catch {
      throw notDecodable(encoding!, before, bytes)
    } finally {
      before += bytes?.length ?? 0
    }
  }
  const decide = () => {
    const bytes = Buffer.concat(sample)
    encoding = encodingOf(bytes)
    found(encoding)
    decoder = new TextDecoder(encoding, { fatal: true })
    sample = []
    return decode(encoding === 'gb18030' ? unmarked(bytes) : bytes)
  }
  for await (const piece of pieces) {
    if (decoder) yield decode(piece)
    else if (sampled === 0 && isAscii(piece)) {
      if (piece.includes(0)) throw notText(before + piece.indexOf(0))
      before += piece.length
      yield piece.toString('latin1')
    } else {
      sample.push(piece)
      sampled += piece.length
      if (sampled >= SAMPLE_BYTES) yield decide()
    }
  }
  if (sample.length > 0) yield decide()
  if (decoder) {
    const rest = decode()
    if (rest !== '') yield rest
  }
}

function isAscii(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false
  return true
}

function encodingOf(bytes: Buffer): Encoding {
  if (decodes('utf-8', bytes) !== undefined) return 'utf-8'
  const chinese = decodes('gb18030', unmarked(bytes))
  return chinese !== undefined && readsAsChinese(chinese) ? 'gb18030' : 'utf-8'
}

/** Some programs put the mark of UTF-8 before a text in GB18030. */
const unmarked = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

function decodes(encoding: Encoding, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

/** Nearly all of what is not ASCII is common Chinese, in runs: single accented letters of another encoding would be lone rare characters. */
function readsAsChinese(text: string): boolean {
  const runs = text.match(/[\u0080-\u{10ffff}]+/gu) ?? []
  const foreign = runs.reduce((sum, run) => sum + [...run].length, 0)
  const common = text.match(/[\u4e00-\u9fa5\u3000-\u303f\uff01-\uff5e“”‘’…—·]/g)?.length ?? 0
  return foreign > 0 && common >= 0.9 * foreign && foreign >= 1.5 * runs.length
}

function notDecodable(encoding: Encoding, before: number, bytes: Buffer | undefined): ProblemError {
  if (!bytes) return new ProblemError(fileProblem('ends_within_character', {}))
  const place = { from: before.toLocaleString('en'), to: (before + bytes.length).toLocaleString('en') }
  return new ProblemError(fileProblem('not_decodable', { encoding: encoding.toUpperCase(), ...place }))
}

const notText = (byte: number): ProblemError =>
  new ProblemError(fileProblem('not_text', { byte: byte.toLocaleString('en') }))
