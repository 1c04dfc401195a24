import type { TFunction } from 'i18next'
import type { ChannelPosting } from '../../../src/http/shapes.ts'

const known = [
  'address_invalid',
  'address_plain',
  'address_refused',
  'address_unknown',
  'unreachable',
  'timeout',
  'mail_login',
  'mail_tls',
  'partly_taken',
  'too_many_channels',
] as const
type Known = (typeof known)[number]

const isKnown = (code: string): code is Known => known.some((one) => one === code)

/** What stands against a channel or a message, in the page's language; the other side's own words where it is those that count. */
export function channelProblem(
  { code, message }: Pick<NonNullable<ChannelPosting['problem']>, 'code' | 'message'>,
  t: TFunction,
): string {
  if (!isKnown(code)) return message
  const said = ['mail_login', 'mail_tls', 'partly_taken'].includes(code) ? ` ${message}` : ''
  return t(`channels.problems.${code}`) + said
}
