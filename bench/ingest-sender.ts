/**
 * Sends a load over keep-alive connections, each with one request at a time, and tells how long each answer took. A process of its own,
 * started by ingest.ts; its requests are built before the clock runs and go out as they are, so that the sender costs little.
 */
import { connect } from 'node:net'
import { bodiesOf, type Load } from './ingest-bodies.ts'

export interface Order extends Load {
  port: number
  path: string
  token: string
  connections: number
  /** Rest of each connection between an answer and its next request, in milliseconds. */
  restMs?: number
}
export interface Told {
  ms: number
  /** Milliseconds from each request to its answer. */
  took: number[]
  statuses: Record<string, number>
}

process.on('message', async (order: Order | 'go') => {
  if (order === 'go') return begin?.()
  const requests = requestsOf(order)
  const go = new Promise<void>((resolve) => {
    begin = resolve
  })
  process.send!('ready')
  await go
  process.send!(await sendAll(order, requests))
})
let begin: (() => void) | undefined

function requestsOf({ path, token, ...load }: Order): Buffer[] {
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: `
  return [...bodiesOf(load)].map((body) => Buffer.from(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`))
}

async function sendAll({ port, connections, restMs = 0 }: Order, requests: Buffer[]): Promise<Told> {
  const told: Told = { ms: 0, took: [], statuses: {} }
  const begun = performance.now()
  let next = 0
  const take = () => requests[next++]
  await Promise.all(Array.from({ length: connections }, () => sendSome(port, take, told, restMs)))
  return { ...told, ms: performance.now() - begun }
}

function sendSome(port: number, take: () => Buffer | undefined, told: Told, restMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    let begun = 0
    let answer = ''
    const send = () => {
      const request = take()
      if (!request) {
        socket.end()
        return resolve()
      }
      begun = performance.now()
      socket.write(request)
    }
    socket.on('connect', send)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      if (!isWhole(answer)) return
      const status = answer.slice(9, 12)
      if (status !== '200' && !told.statuses[status]) console.error(answer.slice(-400))
      told.took.push(performance.now() - begun)
      told.statuses[status] = (told.statuses[status] ?? 0) + 1
      answer = ''
      if (restMs > 0) setTimeout(send, restMs)
      else send()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /content-length: (\d+)/i.exec(answer.slice(0, end))?.[1]
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= end + 4 + Number(length)
}
