import { ProblemError } from '../../core/result.ts'

const encodingHint =
  'Save it as UTF-8, or convert it: iconv -f GB18030 -t UTF-8 FILE > NEW. Older Chinese exports are often GB18030.'

/** Passes the bytes on as they are, once it is certain that they are UTF-8 text. Throws a ProblemError where they are not. */
export async function* utf8Only(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  for await (const piece of stream) {
    const chunk =
      typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    if (bytes === 0) refuseOtherFormats(chunk)
    if (chunk.includes(0)) throw notText(bytes + chunk.indexOf(0))
    decode(decoder, chunk, bytes)
    bytes += chunk.length
    yield chunk
  }
  decode(decoder, undefined, bytes)
}

function decode(decoder: TextDecoder, chunk: Buffer | undefined, before: number): void {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
  } catch {
    const from = before.toLocaleString('en')
    const to = (before + (chunk?.length ?? 0)).toLocaleString('en')
    throw new ProblemError({
      code: 'encoding',
      message: chunk ? `The file is not UTF-8 (between bytes ${from} and ${to}).` : 'The file ends within a character.',
      remedy: encodingHint,
    })
  }
}

function notText(byte: number): ProblemError {
  return new ProblemError({
    code: 'encoding',
    message: `The file holds a NUL byte (at ${byte.toLocaleString('en')}): it is not UTF-8 text, perhaps UTF-16 or a binary file.`,
    remedy: encodingHint,
  })
}

function refuseOtherFormats(head: Buffer): void {
  const [a, b] = head
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw new ProblemError({ code: 'encoding', message: 'The file is UTF-16.', remedy: 'Save it as UTF-8.' })
  if (a === 0x50 && b === 0x4b)
    throw new ProblemError({
      code: 'format',
      message: 'The file is a ZIP archive or an Excel workbook, not text.',
      remedy: 'Save the sheet as CSV (UTF-8).',
    })
  if (a === 0x1f && b === 0x8b)
    throw new ProblemError({
      code: 'format',
      message: 'The file is compressed.',
      remedy: 'Unpack it first: gunzip FILE.',
    })
}
