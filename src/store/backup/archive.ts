import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** One file of an archive: where its bytes lie. */
export interface Member {
  start: number
  bytes: number
}

/** A POSIX tar archive (IEEE 1003.1, ustar) consists of blocks; a member is a header and its bytes, filled up with NULs. */
const BLOCK = 512
/** What eleven octal digits hold; larger sizes are written in binary, as GNU tar does. */
const OCTAL_MOST = 8 ** 11

const filling = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK

/** Packs files of a folder into a new archive, on disk when this ends. Each is removed once it is in: there is room for both only one at a time. */
export async function packInto(archive: string, folder: string, names: readonly string[]): Promise<void> {
  async function* blocks() {
    for (const name of names) {
      const file = path.join(folder, name)
      const { size, mtimeMs } = await stat(file)
      yield headerOf(name, size, mtimeMs)
      yield* createReadStream(file)
      yield Buffer.alloc(filling(size))
      await rm(file)
    }
    yield Buffer.alloc(2 * BLOCK)
  }
  const out = createWriteStream(archive, { mode: 0o600, flags: 'wx', flush: true })
  await pipeline(Readable.from(blocks(), { objectMode: false }), out)
}

function headerOf(name: string, size: number, mtimeMs: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  const [prefix, base] = divided(name)
  header.write(base, 0, 100)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  if (size < OCTAL_MOST) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(size), 128)
  }
  header.write(
    `${Math.floor(mtimeMs / 1_000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  )
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(prefix, 345, 155)
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** A name of up to 100 bytes, or one that a slash divides into 155 and 100. */
function divided(name: string): [string, string] {
  if (Buffer.byteLength(name) <= 100) return ['', name]
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
    const parts: [string, string] = [name.slice(0, at), name.slice(at + 1)]
    if (Buffer.byteLength(parts[0]) <= 155 && Buffer.byteLength(parts[1]) <= 100) return parts
  }
  throw new Error(`the name ${name} is too long for an archive`)
}

/** The sum of a header's bytes, its own field taken for blanks. */
function sumOf(header: Buffer): number {
  let sum = 8 * 0x20
  for (const [place, byte] of header.entries()) if (place < 148 || place >= 156) sum += byte
  return sum
}

/**
 * The files of an archive by name; a folder that holds them all is no part of their names. Undefined where it is no archive, or ends within a
 * member.
 */
export async function membersOf(archive: string): Promise<Map<string, Member> | undefined> {
  const handle = await open(archive, 'r')
  try {
    const { size: length } = await handle.stat()
    const members = new Map<string, Member>()
    const header = Buffer.alloc(BLOCK)
    for (let at = 0; at + BLOCK <= length; ) {
      await handle.read(header, 0, BLOCK, at)
      // Blocks of NULs stand at its end.
      if (header.every((byte) => byte === 0)) return members.size > 0 ? withoutFolder(members) : undefined
      const bytes = sizeIn(header)
      if (numberIn(header, 148, 8) !== sumOf(header) || bytes === undefined) return undefined
      const start = at + BLOCK
      if (start + bytes > length) return undefined
      const isFile = header[156] === 0x30 || header[156] === 0
      if (isFile) members.set(nameIn(header), { start, bytes })
      at = start + bytes + filling(bytes)
    }
    return undefined
  } finally {
    await handle.close()
  }
}

const textIn = (header: Buffer, from: number, length: number): string => {
  const text = header.toString('utf8', from, from + length)
  return text.split('\0', 1)[0]!
}

function numberIn(header: Buffer, from: number, length: number): number | undefined {
  const text = textIn(header, from, length).trim()
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined
}

function sizeIn(header: Buffer): number | undefined {
  if (header[124] !== 0x80) return numberIn(header, 124, 12)
  const size = Number(header.readBigUInt64BE(128))
  return Number.isSafeInteger(size) ? size : undefined
}

function nameIn(header: Buffer): string {
  const prefix = textIn(header, 257, 5) === 'ustar' ? textIn(header, 345, 155) : ''
  return path.posix.normalize(prefix === '' ? textIn(header, 0, 100) : `${prefix}/${textIn(header, 0, 100)}`)
}

function withoutFolder(members: Map<string, Member>): Map<string, Member> {
  const folders = new Set([...members.keys()].map((name) => name.split('/', 1)[0]))
  const [folder] = folders
  if (folders.size !== 1 || members.has(folder!)) return members
  return new Map([...members].map(([name, member]) => [name.slice(folder!.length + 1), member]))
}
