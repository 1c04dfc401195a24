import type { IncomingMessage, Server } from 'node:http'

/** A request's head has this long to arrive. */
export const HEADERS_MS = 15_000
/** Connections at once, of senders and of browsers together. */
export const MOST_CONNECTIONS = 4_000

const usual = {
  /** A body has so long, where it is not a file; so has what is left of one after its answer. */
  bodyMs: 30_000,
  everyMs: 500,
  /** Bodies that are on their way at once, and what they may hold together. */
  mostBodies: 1_000,
  mostBytes: 256 * 1024 * 1024,
}

/** A body on its way: since when, and what its connection had brought by then. */
interface Coming {
  since: number
  from: number
}

/**
 * Cuts off those who send a body drop by drop, to hold connections and memory; where too many or too much is on its way at once, those
 * who have been at it longest go first. Imports are exempt until they are answered: a file of a gigabyte comes as slowly as it can be
 * taken in. (Node's own requestTimeout knows no such difference.)
 */
export function refuseSlowBodies(server: Server, limits: Partial<typeof usual> = {}): void {
  const { bodyMs, everyMs, mostBodies, mostBytes } = { ...usual, ...limits }
  const coming = new Map<IncomingMessage, Coming>()
  const watch = (request: IncomingMessage) => {
    if (request.complete || request.destroyed) return
    coming.set(request, { since: performance.now(), from: request.socket.bytesRead })
    request.once('close', () => coming.delete(request))
  }
  server.prependListener('request', (request, response) => {
    if (request.url?.startsWith('/api/v1/imports')) response.once('finish', () => watch(request))
    else watch(request)
  })
  const look = () => {
    const now = performance.now()
    let bytes = 0
    for (const [request, { since, from }] of coming) {
      if (request.complete) coming.delete(request)
      else if (now - since > bodyMs) cutOff(request)
      else bytes += request.socket.bytesRead - from
    }
    // In the order in which they began.
    for (const [request, { from }] of coming) {
      if (coming.size <= mostBodies && bytes <= mostBytes) break
      if (request.destroyed) continue
      bytes -= request.socket.bytesRead - from
      coming.delete(request)
      cutOff(request)
    }
  }
  const timer = setInterval(look, everyMs).unref()
  server.once('close', () => clearInterval(timer))
}

function cutOff(request: IncomingMessage): void {
  request.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  request.destroy()
}
