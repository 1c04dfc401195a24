import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { Connection, PoolClient, Submittable } from 'pg'

/** What the driver calls on a statement that it runs, as far as COPY needs it; the driver's types leave it out. */
interface Wire extends Connection {
  sendCopyFromChunk(chunk: Uint8Array): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
}

const CHUNK_BYTES = 64 * 1024

/** The rows of a `COPY … TO STDOUT`, in pieces of whole lines. A slow reader holds the server back. */
export function copyOut(client: PoolClient, statement: string): AsyncIterable<Buffer> {
  let wire: Wire | undefined
  let lines: Buffer[] = []
  let bytes = 0
  const out = new Readable({ read: () => wire?.stream.resume(), highWaterMark: CHUNK_BYTES })
  const pass = () => {
    if (bytes === 0) return
    const goesOn = out.push(Buffer.concat(lines))
    lines = []
    bytes = 0
    if (!goesOn) wire!.stream.pause()
  }
  client.query({
    ...silent,
    submit(connection: Connection) {
      wire = connection as Wire
      connection.query(statement)
    },
    handleCopyData({ chunk }: { chunk: Buffer }) {
      // The driver writes what comes next into the same memory.
      lines.push(Buffer.from(chunk))
      bytes += chunk.length
      if (bytes >= CHUNK_BYTES) pass()
    },
    handleReadyForQuery() {
      pass()
      out.push(null)
      // The connection goes on to its next statement, whenever these lines are read.
      wire!.stream.resume()
    },
    handleError: (error: Error) => void out.destroy(error),
  } as Submittable)
  return out
}

/** Sends lines to a `COPY … FROM STDIN`; resolves when the server has taken them all. */
export function copyIn(client: PoolClient, statement: string, source: AsyncIterable<Uint8Array>): Promise<void> {
  return new Promise((resolve, reject) => {
    let broken: Error | undefined
    client.query({
      ...silent,
      submit: (connection: Connection) => connection.query(statement),
      handleCopyInResponse: (wire: Wire) =>
        void send(wire, source).catch((error: Error) => {
          broken = error
          wire.sendCopyFail(error.message)
        }),
      handleReadyForQuery: () => resolve(),
      // The driver tells of an error in place of the statement's end.
      handleError: (error: Error) => reject(broken ?? error),
    } as Submittable)
  })
}

async function send(wire: Wire, source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of source) {
    wire.sendCopyFromChunk(chunk)
    if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain')
  }
  wire.endCopyFrom()
}

const silent = {
  handleRowDescription() {},
  handleDataRow() {},
  handlePortalSuspended() {},
  handleEmptyQuery() {},
  handleCommandComplete() {},
  handleCopyInResponse() {},
  handleCopyData() {},
}
