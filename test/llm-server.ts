import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LlmRequest {
  headers: IncomingHttpHeaders
  model: string
  /** The customer's text, as the question carries it. */
  voice: string
  body: Record<string, unknown>
}

/** What the pretended model says: a text for the first choice, or a reply of its own. */
type Say = (request: LlmRequest) => string | { status: number; body?: string; headers?: Record<string, string> }

/** An OpenAI-compatible service on loopback that says what a test wants, and remembers what it was asked. */
export async function startLlmServer(say: Say) {
  const requests: LlmRequest[] = []
  let speak = say
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (body += part))
    request.on('end', () => {
      const json = JSON.parse(body) as { model: string; messages: { content: string }[] }
      const { voice } = JSON.parse(json.messages[1]!.content) as { voice: string }
      const asked: LlmRequest = { headers: request.headers, model: json.model, voice, body: json }
      requests.push(asked)
      const said = speak(asked)
      if (typeof said !== 'string') return void response.writeHead(said.status, said.headers).end(said.body ?? '')
      const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: said } }], usage }))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    says(next: Say) {
      speak = next
    },
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}

/** A full answer without any mention. */
export const answered = (sentiment: string, mentions: object[] = []): string => JSON.stringify({ sentiment, mentions })
