import { createHash, hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline as joined, Readable, Transform, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** What rows are known by, in whatever order they come: how many, and the sum of 48 bits of each row's SHA-256. */
export interface Sum {
  rows: number
  sum: number
}

/** A file of a backup and what it is known by. */
export interface FileSum {
  bytes: number
  sha256: string
}

const RANGE = 2 ** 48
const NEWLINE = 10

/** Adds up lines as they pass, whichever way they are cut into pieces. */
class LineSum {
  #rows = 0
  #sum = 0
  #rest: Uint8Array = Buffer.alloc(0)

  add(piece: Uint8Array): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece
    let from = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      const digest = hash('sha256', bytes.subarray(from, end), 'buffer')
      this.#sum = (this.#sum + digest.readUIntBE(0, 6)) % RANGE
      this.#rows++
      from = end + 1
    }
    // A copy: the piece's memory may be used again.
    this.#rest = Buffer.from(bytes.subarray(from))
  }

  total(): Sum {
    return { rows: this.#rows, sum: this.#sum }
  }
}

/** Adds lines up without keeping them. */
export async function sumOf(lines: AsyncIterable<Uint8Array>): Promise<Sum> {
  const sum = new LineSum()
  for await (const piece of lines) sum.add(piece)
  return sum.total()
}

/** Writes lines into a new compressed file, synced to disk. */
export async function writeLines(
  file: string,
  lines: AsyncIterable<Uint8Array>,
  onRows: (rows: number) => void,
): Promise<Sum & FileSum> {
  const sum = new LineSum()
  const counted = async function* () {
    for await (const piece of lines) {
      sum.add(piece)
      onRows(sum.total().rows)
      yield piece
    }
  }
  const seal = new Sealing()
  const packed = createGzip({ level: 1 })
  await pipeline(
    Readable.from(counted(), { objectMode: false }),
    packed,
    seal,
    createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }),
  )
  return { ...sum.total(), ...seal.total() }
}

/** The lines of such a file, in pieces. */
export const readLines = (file: Readable): AsyncIterable<Buffer> =>
  // An error of either ends the other and is told to who reads.
  joined(file, createGunzip(), () => {})

/** What a file is known by. */
export async function fileSum(file: Readable): Promise<FileSum> {
  const digest = createHash('sha256')
  let bytes = 0
  for await (const piece of file as AsyncIterable<Buffer>) {
    digest.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: digest.digest('hex') }
}

/** Writes a small file whole, synced to disk. */
export async function writeSmall(file: string, content: Uint8Array | string): Promise<FileSum> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { bytes: Buffer.byteLength(content), sha256: hash('sha256', content, 'hex') }
}

/** Passes bytes on and takes their digest. */
class Sealing extends Transform {
  readonly #digest = createHash('sha256')
  #bytes = 0

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#digest.update(chunk)
    this.#bytes += chunk.length
    done(null, chunk)
  }

  total(): FileSum {
    return { bytes: this.#bytes, sha256: this.#digest.digest('hex') }
  }
}
