import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'

/** The JSON lines of an answer that comes bit by bit. */
export async function* answerLines<T>(answer: Response): AsyncGenerator<T> {
  for await (const line of createInterface({ input: Readable.fromWeb(answer.body as never) }))
    yield JSON.parse(line) as T
}
