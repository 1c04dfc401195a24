import { z } from 'zod'
import { mailbox, telling } from '../../app/channels/shape.ts'
import { words } from './basics.ts'

const problem = z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() })

/** A message to a channel, and what became of it. */
const posting = z.object({
  news: z.string(),
  type: z.string(),
  title: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.number(),
  madeAt: z.number(),
  nextAt: z.number(),
  doneAt: z.number().nullable(),
  problem: problem.nullable(),
})
export type ChannelPosting = z.infer<typeof posting>

/** GET /channels. Addresses and secrets are never told: a robot's address is its key. */
export const channelList = z.object({
  ways: z.array(
    words.extend({
      id: z.string(),
      hint: words,
      secret: z.enum(['ours', 'theirs', 'none']),
      /** What a new one names: an address, or a mail server. */
      to: z.enum(['url', 'mailbox']),
    }),
  ),
  channels: z.array(
    z.object({
      id: z.string(),
      way: z.string(),
      name: z.string(),
      /** The host of its address. */
      host: z.string(),
      telling,
      paused: z.boolean(),
      createdBy: z.string(),
      createdAt: z.number(),
      /** The latest, the newest first. */
      postings: z.array(posting),
    }),
  ),
})
export type ChannelList = z.infer<typeof channelList>
export type ChannelTelling = z.infer<typeof telling>

export const channelWish = z.strictObject({
  way: z.string().max(40),
  name: z.string().trim().min(1).max(80),
  /** Where requests go; empty for e-mail. */
  url: z.string().trim().max(1_000).default(''),
  mailbox: mailbox.optional(),
  secret: z.string().max(500).default(''),
  telling: telling.prefault({}),
})
export type ChannelWish = z.input<typeof channelWish>
export type ChannelMailbox = z.infer<typeof mailbox>

export const madeChannel = z.object({ id: z.string(), secret: z.string().nullable() })
export type MadeChannel = z.infer<typeof madeChannel>
