/** A long text is read in pieces of at most this many UTF-16 units, cut after the end of a clause where there is one. */
const PIECE = 256
const ENDS = '。！？!?；;\n，, '

/** Where each piece of a text begins and ends, in order and without gaps; none for an empty text. */
export function piecesOf(text: string): { start: number; end: number }[] {
  const pieces: { start: number; end: number }[] = []
  let start = 0
  while (start < text.length) {
    let end = Math.min(text.length, start + PIECE)
    if (end < text.length) {
      let cut = end
      while (cut > start + PIECE / 2 && !ENDS.includes(text[cut - 1]!)) cut--
      if (cut > start + PIECE / 2) end = cut
      else if (isHighSurrogate(text.charCodeAt(end - 1))) end--
    }
    pieces.push({ start, end })
    start = end
  }
  return pieces
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
