import { because, type Reason } from '../../reasons/reason.ts'

/** Bytes of one message, at most: with its attachments it is held in memory while it is read. */
const LARGEST = 64 * 1024 * 1024

export interface RawMessage {
  /** Where it begins, 1-based. */
  line: number
  bytes: Buffer
  tooLarge?: Reason
}

const NEW_LINE = 0x0a
/** The line that divides an mbox (RFC 4155): who sent it, and when. */
const DIVIDER = /^From \S.*\d{2}:\d{2}/

/** The messages of an mbox, or the one that the stream is. Memory is bounded by the largest. */
export async function* messagesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<RawMessage> {
  let message: Buffer[] = []
  let size = 0
  let line = 0
  let begins = 1
  let blankBefore = true
  let isMbox: boolean | undefined
  const done = (): RawMessage | undefined => {
    const bytes = Buffer.concat(message)
    const found = {
      line: begins,
      bytes,
      ...(size > LARGEST && { tooLarge: because('mail_too_large', { most: LARGEST / 1024 / 1024 }) }),
    }
    message = []
    size = 0
    return bytes.toString('latin1').trim() === '' ? undefined : found
  }
  for await (const raw of linesOf(pieces)) {
    line++
    const start = raw.subarray(0, 200).toString('latin1')
    isMbox ??= start.trim() === '' ? undefined : DIVIDER.test(start)
    if (isMbox && blankBefore && DIVIDER.test(start)) {
      const found = done()
      if (found) yield found
      begins = line + 1
      blankBefore = false
      continue
    }
    blankBefore = start.trim() === ''
    size += raw.length
    // Lines of a body that look like the divider are written with a > before them.
    if (size <= LARGEST) message.push(isMbox && /^>+From /.test(start) ? raw.subarray(1) : raw)
  }
  const last = done()
  if (last) yield last
}

/** Lines with their ends. */
async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []
  for await (const piece of pieces) {
    let start = 0
    for (let end = piece.indexOf(NEW_LINE); end >= 0; end = piece.indexOf(NEW_LINE, start)) {
      const line = piece.subarray(start, end + 1)
      yield rest.length > 0 ? Buffer.concat([...rest, line]) : line
      rest = []
      start = end + 1
    }
    if (start < piece.length) rest.push(piece.subarray(start))
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}
