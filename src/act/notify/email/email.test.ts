import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import type { Message } from '../way.ts'
import { email } from './email.ts'
import { type Mailbox, mailbox as shape } from './mailbox.ts'
import { checkMailbox, sendMail } from './send.ts'

const message: Message = {
  ...{ id: 'incident:1', type: 'alerts.incident', at: 0, data: {} },
  title: '启明星 · 新告警 · 我的店铺',
  text: '**新发现 1**\n- 支付失败 <b>"&" [查看](https://cx.example/alerts/1?tenant=main&lang=zh)',
}
const to = ['a@shop.example', 'b@shop.example']
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const taken: { raw: string; user: unknown; secure: boolean }[] = []

async function serve(over: SMTPServerOptions = {}): Promise<number> {
  taken.length = 0
  const server = new SMTPServer({
    ...{ logger: false, authOptional: true, hideSTARTTLS: true, allowInsecureAuth: true },
    onAuth({ username, password }, _, done) {
      if (password === 'geheim') done(null, { user: username })
      else done(Object.assign(new Error('Authentication failed: use an app password'), { responseCode: 535 }))
    },
    onRcptTo({ address }, _, done) {
      done(address.startsWith('nobody') ? Object.assign(new Error('No such user'), { responseCode: 550 }) : null)
    },
    onData(stream, { user, secure }, done) {
      let raw = ''
      stream.on('data', (part: Buffer) => (raw += part))
      stream.on('end', () => {
        taken.push({ raw, user, secure })
        done()
      })
    },
    ...over,
  })
  server.on('error', () => {})
  closing.push(() => server.close())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.server.address() as net.AddressInfo).port
}

const boxAt = (port: number, over: Partial<Mailbox> = {}): Mailbox => ({
  ...{ host: '127.0.0.1', port, security: 'none', user: '', from: 'daystar@shop.example', to },
  ...over,
})

async function send(box: Mailbox, over: { secret?: string; timeoutMs?: number } = {}) {
  const allowed = [`smtp://${box.host}:${box.port}`]
  return sendMail(email.mail(message, box), box, { secret: '', timeoutMs: 5_000, allowed, ...over })
}

describe('a letter', () => {
  test('arrives with its title, its text and its links, as text and as HTML, and is known again', async () => {
    const port = await serve()
    expect(await send(boxAt(port, { user: 'daystar' }), { secret: 'geheim' })).toEqual({ ok: true, value: null })
    await send(boxAt(port))
    const [first, second] = await Promise.all(taken.map(({ raw }) => PostalMime.parse(raw)))
    expect(first!.subject).toBe(message.title)
    expect(first!.to!.map(({ address }) => address)).toEqual(to)
    expect(first!.text!.trim()).toBe(
      '新发现 1\n- 支付失败 <b>"&" 查看: https://cx.example/alerts/1?tenant=main&lang=zh',
    )
    expect(first!.html).toContain('<a href="https://cx.example/alerts/1?tenant=main&#38;lang=zh">查看</a>')
    expect(first!.html).not.toContain('<b>')
    expect(first!.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
    expect(first!.messageId).toBe(second!.messageId)
    expect(taken.map(({ user }) => user)).toEqual(['daystar', undefined])
  })

  test('that some receivers do not get has arrived, and says who', async () => {
    const port = await serve()
    const sent = await send(boxAt(port, { to: ['a@shop.example', 'nobody@shop.example'] }))
    expect(sent).toMatchObject({ ok: true, value: { code: 'partly_taken' } })
    expect(JSON.stringify(sent)).toContain('nobody@shop.example')
    expect(taken).toHaveLength(1)
  })

  test('that the server does not take says why, without the password', async () => {
    const port = await serve()
    expect(await send(boxAt(port, { to: ['nobody@shop.example'] }))).toMatchObject({
      problem: { code: 'not_taken', message: expect.stringContaining('No such user') },
    })
    const login = await send(boxAt(port, { user: 'daystar' }), { secret: 'falsch' })
    expect(login).toMatchObject({ problem: { code: 'mail_login', message: expect.stringContaining('app password') } })
    expect(JSON.stringify(login)).not.toContain('falsch')
    expect(taken).toHaveLength(0)
  })

  test('to a server that says nothing, or that is not there, is given up', async () => {
    const silent = net.createServer(() => {}).listen(0, '127.0.0.1')
    closing.push(() => silent.close())
    await new Promise((done) => silent.once('listening', done))
    const { port } = silent.address() as net.AddressInfo
    expect(await send(boxAt(port), { timeoutMs: 100 })).toMatchObject({ problem: { code: 'timeout' } })
    expect(await send(boxAt(1))).toMatchObject({ problem: { code: 'unreachable' } })
  })
})

describe('a mail server', () => {
  test('within this network, or that does not encrypt, needs the operator’s leave', async () => {
    const refused = async (over: Partial<Mailbox>, allowed: string[] = []) => {
      const checked = await checkMailbox(boxAt(25, over), allowed, async () => [{ address: '10.0.0.7', family: 4 }])
      return checked.ok ? checked.value : checked.problem.code
    }
    expect(await refused({ security: 'tls' })).toBe('address_refused')
    expect(await refused({ host: 'mail.internal', security: 'starttls' })).toBe('address_refused')
    expect(await refused({ host: '8.8.8.8' })).toBe('address_plain')
    expect(await refused({ host: '8.8.8.8', security: 'tls' })).toEqual({ address: '8.8.8.8', family: 4 })
    expect(await refused({ host: 'mail.internal' }, ['smtp://mail.internal:26'])).toBe('address_plain')
    expect(await refused({ host: 'mail.internal' }, ['smtp://mail.internal:25'])).toMatchObject({ address: '10.0.0.7' })
  })

  test('that offers no STARTTLS where it was asked for hears no name and no letter', async () => {
    const port = await serve({ hideSTARTTLS: false, disabledCommands: ['STARTTLS'] })
    const sent = await send(boxAt(port, { security: 'starttls', user: 'daystar' }), { secret: 'geheim' })
    expect(sent).toMatchObject({ ok: false, problem: { code: expect.stringMatching(/mail_tls|not_taken/) } })
    expect(taken).toHaveLength(0)
  })

  const made = certificate()
  test.skipIf(made === null)(
    'is trusted by its certificate alone, from the first byte and by STARTTLS (where openssl is there to make one)',
    async () => {
      const usual = tls.getCACertificates('default')
      closing.push(() => tls.setDefaultCACertificates(usual))
      for (const security of ['tls', 'starttls'] as const) {
        const port = await serve({ ...made!, secure: security === 'tls', hideSTARTTLS: false })
        const box = boxAt(port, { host: 'localhost', security, user: 'daystar' })
        tls.setDefaultCACertificates(usual)
        expect(await send(box, { secret: 'geheim' })).toMatchObject({ ok: false, problem: { code: 'mail_tls' } })
        expect(taken).toHaveLength(0)
        tls.setDefaultCACertificates([...usual, made!.cert])
        expect(await send(box, { secret: 'geheim' })).toEqual({ ok: true, value: null })
        expect(taken).toMatchObject([{ user: 'daystar', secure: true }])
      }
    },
  )

  test.each(['https://smtp.example.com', 'smtp.example.com:25', 'a b', '-x.example', ''])(
    'is not written as "%s"',
    (host) => {
      expect(shape.safeParse(boxAt(25, { host })).success).toBe(false)
    },
  )
})

/** A certificate for localhost that nobody trusts yet. */
function certificate(): { key: string; cert: string } | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'daystar-mail-'))
  const file = (name: string) => path.join(folder, name)
  try {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject]
    const done = spawnSync('openssl', [...asked, '-keyout', file('key'), '-out', file('cert')])
    return done.status === 0
      ? { key: readFileSync(file('key'), 'utf8'), cert: readFileSync(file('cert'), 'utf8') }
      : null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
