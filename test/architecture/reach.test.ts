import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const src = path.resolve(import.meta.dirname, '../../src')

/** Ways out of the house that go past the guard. */
const raw =
  /\bfetch\s*\(|\bhttps?\.request\s*\(|from '(?:node:)?(?:undici|https?|http2|net|tls|dgram|nodemailer)'|import\(\s*'(?:node:)?(?:https?|http2|net|tls|undici)'|\bnew (?:WebSocket|EventSource)\s*\(/

/** Who may: the guard itself, and what only ever speaks to this machine's own server or to the operator's stores. */
const allowed: Record<string, string> = {
  'core/reach/reach.ts': 'the guard',
  'core/reach/address.ts': 'the guard: knows addresses, opens nothing',
  'act/notify/email/send.ts': 'mail: to the address that the guard has checked, and to no other',
  'store/postgres/embedded.ts': 'looks for a free port on loopback for its own child process',
  'http/server.ts': 'listens on the address that the operator chose; asks nobody',
  'cli/connect.ts': 'the command line asks the server whose loopback address stands in the data folder',
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('node_modules'),
)
/** Comments and types go nowhere. */
const isRaw = (text: string) =>
  text.split('\n').some((line) => !/^\s*(?:\/\/|\*|\/\*|import type )/.test(line) && raw.test(line))

describe('the way out', () => {
  test('nothing in src fetches past the guard', () => {
    const found = files.filter((file) => isRaw(readFileSync(path.join(src, file), 'utf8')))
    expect(found.filter((file) => !(file in allowed))).toEqual([])
  })

  test('every exception is one that is still needed', () => {
    expect(Object.keys(allowed).filter((file) => !isRaw(readFileSync(path.join(src, file), 'utf8')))).toEqual([])
  })

  test.each([
    "await fetch('https://example.com')",
    'http.request(options)',
    "import { request } from 'node:https'",
    "const { connect } = await import('node:net')",
    "new WebSocket('wss://example.com')",
  ])('a raw way out is seen: %s', (line) => {
    expect(isRaw(line)).toBe(true)
  })
})
