/** Where nobody watches a terminal, a line of a log is written this often at most, in milliseconds. */
const EVERY = 30_000

/** How far a long piece of work is, on standard error: on a terminal one line that changes, in a log a line every 30 seconds. */
export interface ProgressLine {
  show(text: string): void
  /** Empties the line of the terminal, so that what is said next begins at its start. */
  clear(): void
}

export function progressLine(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
  now = Date.now,
): ProgressLine {
  let last = now()
  return {
    show(text) {
      if (stream.isTTY) stream.write(`\r\u001b[K  ${text}`)
      else if (now() - last >= EVERY) {
        last = now()
        stream.write(`  ${text}\n`)
      }
    },
    clear() {
      if (stream.isTTY) stream.write('\r\u001b[K')
    },
  }
}
