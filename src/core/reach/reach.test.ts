import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { isPublicAddress } from './address.ts'
import { type Reach, type Resolve, reach } from './reach.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const ask = (url: string, more: Partial<Reach> = {}, look?: Resolve) =>
  reach({ url, timeoutMs: 5_000, mostBytes: 1_000, allowed: [], ...more }, look)
const codeOf = async (url: string, more?: Partial<Reach>, look?: Resolve) => {
  const answer = await ask(url, more, look)
  return answer.ok ? answer.value.status : answer.problem.code
}

describe('what is on the internet', () => {
  test.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '100.63.0.1', '2606:4700::1', '240e:1::1'])(
    '%s is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  test.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    'localhost',
    '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('reaching out', () => {
  test.each([
    'https://127.0.0.1/',
    'https://localhost/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a00:1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.1.2.3/',
    'https://127.0.0.1./',
    'https://１２７.0.0.1/',
  ])('%s is refused before anything is sent', async (url) => {
    const answer = await ask(url)
    expect(answer).toMatchObject({ ok: false, problem: { code: 'address_refused' } })
  })

  test.each(['ftp://example.com/', 'file:///etc/passwd', 'nonsense', 'https://user:secret@example.com/', ''])(
    '"%s" is no address',
    async (url) => {
      expect(await codeOf(url)).toBe('address_invalid')
    },
  )

  test('a name is refused where any of its addresses is inside', async () => {
    const look: Resolve = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '192.168.0.7', family: 4 },
    ]
    expect(await codeOf('https://model.example/', {}, look)).toBe('address_refused')
  })

  test('plain HTTP needs the operator’s leave, even to the internet', async () => {
    expect(await codeOf('http://8.8.8.8/')).toBe('address_plain')
  })

  test('an origin that was opened is reached, and no other port or host beside it', async () => {
    const url = await serve((_, response) => response.end('here'))
    expect(await ask(`${url}/v1`, { allowed: [url] })).toMatchObject({ ok: true, value: { status: 200, text: 'here' } })
    expect(await codeOf(url, { allowed: ['http://127.0.0.1:1', 'http://localhost'] })).toBe('address_plain')
  })

  test('the connection goes to the address that was checked: a name re-bound afterwards leads nowhere else', async () => {
    const seen: (string | undefined)[] = []
    const url = await serve((request, response) => {
      seen.push(request.headers.host)
      response.end('pinned')
    })
    const port = new URL(url).port
    let looks = 0
    const look: Resolve = async () => [{ address: looks++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
    const allowed = [`http://rebound.example:${port}`]
    expect(await ask(`http://rebound.example:${port}/`, { allowed }, look)).toMatchObject({ value: { text: 'pinned' } })
    expect(looks).toBe(1)
    expect(seen).toEqual([`rebound.example:${port}`])
  })

  test('a redirect is a failure and is not followed', async () => {
    let inner = 0
    const secret = await serve((_, response) => {
      inner++
      response.end('secret')
    })
    const url = await serve((_, response) => response.writeHead(302, { location: secret }).end())
    expect(await codeOf(url, { allowed: [url, secret] })).toBe('redirected')
    expect(inner).toBe(0)
  })

  test('an answer without end is cut off', async () => {
    const url = await serve((_, response) => {
      const more = () => response.write('x'.repeat(500), () => setImmediate(more))
      more()
    })
    expect(await codeOf(url, { allowed: [url] })).toBe('too_large')
  })

  test('a silent service is given up', async () => {
    const url = await serve(() => {})
    expect(await codeOf(url, { allowed: [url], timeoutMs: 30 })).toBe('timeout')
  })

  test('an answer that breaks off is no answer', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '50' })
      response.write('half')
      setImmediate(() => response.destroy())
    })
    expect(await codeOf(url, { allowed: [url] })).toBe('unreachable')
  })

  test('a closed door and an unknown name are told in words', async () => {
    expect(await codeOf('http://127.0.0.1:1/', { allowed: ['http://127.0.0.1:1'] })).toBe('unreachable')
    expect(await codeOf('https://nowhere.example/', {}, async () => [])).toBe('address_unknown')
  })

  test('what is sent arrives whole, and a refusal by the service is an answer', async () => {
    const url = await serve((request, response) => {
      let body = ''
      request.on('data', (part) => (body += part))
      request.on('end', () => response.writeHead(429, { 'retry-after': '7' }).end(`${request.method} ${body}`))
    })
    const answer = await ask(url, { allowed: [url], method: 'POST', body: '太吵' })
    expect(answer).toMatchObject({ ok: true, value: { status: 429, text: 'POST 太吵', retryAfter: 7 } })
  })
})
