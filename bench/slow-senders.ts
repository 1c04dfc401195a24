/** Holds connections on which a body comes byte by byte, and opens a new one for each that is cut off. A process of its own, started by slow.ts. */
import { connect } from 'node:net'

const [port, senders, everyMs, token] = process.argv.slice(2)
const head = `POST /api/v1/events?tenant=main HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Length: 8000000\r\n\r\n[`

function trickle(): void {
  const socket = connect(Number(port), '127.0.0.1', () => socket.setNoDelay().write(head))
  const timer = setInterval(() => socket.writable && socket.write(' '), Number(everyMs))
  socket.resume().on('error', () => {})
  socket.once('close', () => {
    clearInterval(timer)
    setTimeout(trickle, 100)
  })
}

for (let i = 0; i < Number(senders); i++) trickle()
