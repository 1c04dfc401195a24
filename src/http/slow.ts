import type { IncomingMessage, Server } from 'node:http'

/** A request's head has this long to arrive. */
export const HEADERS_MS = 15_000
/** And its body so long, where it is not a file. */
const BODY_MS = 30_000
const LOOK_EVERY_MS = 2_000

/**
 * Cuts off those who send a body drop by drop, to hold connections and memory. Imports are exempt: a file of a gigabyte comes as slowly
 * as it can be taken in. (Node's own requestTimeout knows no such difference.)
 */
export function refuseSlowBodies(server: Server, { bodyMs = BODY_MS, everyMs = LOOK_EVERY_MS } = {}): void {
  const coming = new Map<IncomingMessage, number>()
  server.prependListener('request', (request) => {
    if (request.url?.startsWith('/api/v1/imports')) return
    coming.set(request, performance.now())
    request.once('close', () => coming.delete(request))
  })
  const timer = setInterval(() => {
    const now = performance.now()
    for (const [request, begun] of coming) {
      if (request.complete) coming.delete(request)
      else if (now - begun > bodyMs) cutOff(request)
    }
  }, everyMs).unref()
  server.once('close', () => clearInterval(timer))
}

function cutOff(request: IncomingMessage): void {
  request.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  request.destroy()
}
