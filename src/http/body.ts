import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { parseExact } from '../core/json.ts'
import { fail, ok, type Problem, type Result } from '../core/result.ts'

/** Bytes of a body, at most: as they come and as they are when unpacked. */
export const MAX_BODY = 8 * 1024 * 1024
/** No record that is taken is nested deeper than five; this leaves room for a wrapping. */
const DEEPEST = 64
/** A body this small may be parsed however deep it is: it cannot take much memory. */
const SMALL = 64 * 1024

const unpack = promisify(gunzip)

/** The JSON of a request, whole numbers beyond 2^53 with all their digits as texts, and its text. Problems: `too_large`, `too_deep`, `encoding`, `bad_request`. */
export async function readJson(request: IncomingMessage): Promise<Result<{ text: string; value: unknown }>> {
  const raw = await readBody(request)
  if (!raw.ok) return raw
  const body = await unpacked(raw.value, request.headers['content-encoding'])
  if (!body.ok) return body
  if (body.value.length > SMALL && isDeeperThan(body.value, DEEPEST)) return fail(TOO_DEEP)
  const text = body.value.toString()
  try {
    return ok({ text, value: parseExact(text) })
  } catch (error) {
    return fail({ code: 'bad_request', message: `the body is not JSON: ${(error as Error).message.slice(0, 200)}` })
  }
}

function readBody(request: IncomingMessage): Promise<Result<Buffer>> {
  return new Promise((resolve) => {
    if (Number(request.headers['content-length']) > MAX_BODY) return resolve(fail(TOO_LARGE))
    if (request.destroyed) return resolve(fail(BROKEN_OFF))
    const gathered = new Gathered()
    request.on('data', (piece: Buffer) => {
      if (gathered.add(piece)) return
      request.pause()
      resolve(fail(TOO_LARGE))
    })
    request.once('end', () => resolve(ok(gathered.whole())))
    request.once('error', () => resolve(fail(BROKEN_OFF)))
    request.once('close', () => resolve(fail(BROKEN_OFF)))
  })
}

/** Puts the pieces of a body together as they come: a million of one byte hold no more than one of a million. */
class Gathered {
  #room: Buffer = Buffer.alloc(0)
  #bytes = 0

  /** False where it becomes too large; then nothing of it is held any more. */
  add(piece: Buffer): boolean {
    const bytes = this.#bytes + piece.length
    if (bytes > MAX_BODY) {
      this.#room = Buffer.alloc(0)
      this.#bytes = MAX_BODY
      return false
    }
    if (this.#bytes === 0) this.#room = piece
    else {
      if (bytes > this.#room.length) this.#grow(Math.max(bytes, 2 * this.#room.length))
      piece.copy(this.#room, this.#bytes)
    }
    this.#bytes = bytes
    return true
  }

  #grow(to: number): void {
    const room = Buffer.allocUnsafe(to)
    this.#room.copy(room, 0, 0, this.#bytes)
    this.#room = room
  }

  whole(): Buffer {
    return this.#room.subarray(0, this.#bytes)
  }
}

async function unpacked(body: Buffer, encoding: string | undefined): Promise<Result<Buffer>> {
  if (encoding === undefined || encoding === 'identity') return ok(body)
  if (encoding !== 'gzip') return fail(ENCODING)
  try {
    return ok(await unpack(body, { maxOutputLength: MAX_BODY }))
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return fail(tooLarge ? TOO_LARGE : { code: 'bad_request', message: 'the body is not gzip, or it breaks off' })
  }
}

/** Counts brackets outside texts; JSON.parse itself would hold a frame for each level before it finds out that there is no end. */
function isDeeperThan(json: Uint8Array, most: number): boolean {
  let depth = 0
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]!
    if (byte === QUOTE) {
      for (i++; i < json.length && json[i] !== QUOTE; i++) if (json[i] === BACKSLASH) i++
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++depth > most) return true
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--
  }
  return false
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...Buffer.from('"\\[]{}')]

export const TOO_LARGE: Problem = {
  code: 'too_large',
  message: 'the body is larger than 8 MiB',
  remedy: 'send smaller batches, or use ./daystar import',
}
const TOO_DEEP: Problem = {
  code: 'too_deep',
  message: `the body is nested deeper than ${DEEPEST} levels`,
  remedy: 'see docs/records.md for the shapes that are taken',
}
const ENCODING: Problem = {
  code: 'encoding',
  message: 'this Content-Encoding is not known here',
  remedy: 'send the body as it is, or packed with gzip',
}
const BROKEN_OFF: Problem = { code: 'bad_request', message: 'the body breaks off' }
