import { createTransport, type NodemailerError } from 'nodemailer'
import { checkHost, type Resolve, refusal } from '../../../core/reach/reach.ts'
import { fail, ok, type Problem, type Result } from '../../../core/result.ts'
import type { Mail, Mailbox } from './mailbox.ts'

interface Means {
  secret: string
  /** Origins that the operator has opened, such as `smtp://mail.internal:25`. */
  allowed: readonly string[]
  /** From the first look-up to the server's last word. */
  timeoutMs: number
}

const nameOf = ({ host, port }: Mailbox): string => `smtp://${host.includes(':') ? `[${host}]` : host}:${port}`

/** Where a mail server is, or why nothing may be sent there: it has to be public and to encrypt, or to be opened by the operator. */
export async function checkMailbox(mailbox: Mailbox, allowed: readonly string[], look?: Resolve) {
  const named = nameOf(mailbox)
  const opened = allowed.includes(named)
  if (mailbox.security === 'none' && !opened)
    return fail({ ...refusal(named, 'does not encrypt: anyone on the way can read'), code: 'address_plain' })
  return checkHost(mailbox.host, { named, opened }, look)
}

/**
 * Hands a letter to the tenant's mail server, at the very address that was checked. What is answered is the server's word against some of
 * the receivers, null where it took all. Certificates are checked; where STARTTLS is asked for, nothing is said without it.
 *
 * Problems: those of `checkMailbox`; `timeout`, `unreachable`, `mail_tls`, `mail_login`, `not_taken`.
 */
export async function sendMail(
  letter: Mail,
  mailbox: Mailbox,
  { secret, allowed, timeoutMs }: Means,
): Promise<Result<Problem | null>> {
  const target = await checkMailbox(mailbox, allowed)
  if (!target.ok) return target
  const late = AbortSignal.timeout(timeoutMs)
  const transport = createTransport({
    ...{ host: target.value.address, port: mailbox.port, secure: mailbox.security === 'tls' },
    ...{ requireTLS: mailbox.security === 'starttls', ignoreTLS: mailbox.security === 'none' },
    tls: { servername: mailbox.host, minVersion: 'TLSv1.2' },
    ...(mailbox.user !== '' && { auth: { user: mailbox.user, pass: secret } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, socketCloseTimeout: 0 },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  try {
    const { rejected, response } = await transport.sendMail({
      ...{ ...letter, from: mailbox.from, to: mailbox.to, signal: late },
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    if (rejected.length === 0) return ok(null)
    const message = `${mailbox.host} did not take it for ${rejected.join(', ')}: ${response}`
    return ok({ code: 'partly_taken', message: message.slice(0, 300) })
  } catch (error) {
    return fail(problemOf(error as NodemailerError, mailbox.host, late.aborted ? timeoutMs : null))
  } finally {
    transport.close()
  }
}

function problemOf({ code, response, message }: NodemailerError, host: string, lateMs: number | null): Problem {
  const said = (response ?? message).replace(/\s+/g, ' ').slice(0, 300)
  if (lateMs !== null || code === 'ETIMEDOUT')
    return { code: 'timeout', message: `${host} did not answer in time.`, remedy: 'Check the port, and that it runs.' }
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return { code: 'mail_login', message: `${host}: ${said}`, remedy: 'Check the user, and the password for apps.' }
  if (response) return { code: 'not_taken', message: `${host}: ${said}` }
  if (code === 'ETLS' || /certificate|SSL|TLS/i.test(message))
    return {
      code: 'mail_tls',
      message: `${host} has no encryption that can be trusted: ${said}`,
      remedy: 'TLS is usual on port 465, STARTTLS on 587. For a certificate of your own set NODE_EXTRA_CA_CERTS.',
    }
  return { code: 'unreachable', message: `${host} cannot be reached: ${said}`, remedy: 'Check the host and the port.' }
}
