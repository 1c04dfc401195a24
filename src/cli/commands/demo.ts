import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { localDay } from '../../core/clock.ts'
import { fail, type Result } from '../../core/result.ts'
import { DEFAULT_ZONE } from '../../core/tenant.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'

export const demo = defineCommand({
  name: 'demo',
  summary: 'write a simulated market as importable files, with the truth that was planted in it',
  operands: '--out DIR | --live',
  options: {
    seed: { type: 'string', hint: 'N', help: 'another seed, another market (default 7)' },
    stories: {
      type: 'string',
      hint: 'FILE',
      help: 'the stories to plant instead of the default ones; see docs/demo-stories.md',
    },
    days: { type: 'string', hint: 'D', help: 'how many days (default 90)' },
    end: { type: 'string', hint: 'DAY', help: 'the last day, YYYY-MM-DD (default yesterday)' },
    out: { type: 'string', hint: 'DIR', help: 'where to write' },
    live: {
      type: 'boolean',
      help: 'instead: send a simulated busy day to the running server, each event at its time of day',
    },
    stuck: {
      type: 'string',
      hint: 'CHANNEL',
      help: 'with --live: for half an hour nobody has been able to pay on app, mini_program or web',
    },
  },
  async run({ values, json }) {
    const { readStories } = await import('../../demo/stories.ts')
    const { simulateMarket } = await import('../../demo/market.ts')
    const { writeMarket } = await import('../../demo/files.ts')
    if (values.live === true) return live(typeof values.stuck === 'string' ? values.stuck : undefined, json)
    if (typeof values.out !== 'string') return usage(demo, '--out DIR is missing')
    const seed = Number(values.seed ?? 7)
    const days = Number(values.days ?? 90)
    if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(days) || days < 14 || days > 730)
      return usage(demo, '--seed is a whole number, --days 14 to 730')
    const endDay = typeof values.end === 'string' ? values.end : localDay(Date.now() - 86_400_000, DEFAULT_ZONE)
    const stories = typeof values.stories === 'string' ? await storiesFrom(values.stories, readStories) : undefined
    if (stories && !stories.ok) {
      say(stories.problem)
      return FAILED
    }
    const market = simulateMarket({ seed, endDay, days, stories: stories?.value })
    const out = path.resolve(values.out)
    await writeMarket(market, out)
    const counts = {
      products: market.products.length,
      orders: market.orders.length,
      events: market.events.length,
      voices: market.voices.length,
    }
    if (json) console.log(JSON.stringify({ out, seed, days, endDay, ...counts }))
    else
      console.log(
        `wrote ${counts.voices} voices, ${counts.orders} orders, ${counts.events} events of ${counts.products} products to ${out}`,
      )
    return DONE
  },
})

/** So many simulated days are laid over one another: enough customers an hour to tell trouble from chance. */
const LIVE_DAYS = 14
/** Another market than the one that fills a fresh store, with as many customers a day. */
const LIVE_MARKET = { seed: 8, days: LIVE_DAYS, scale: LIVE_DAYS / 90 }

/** The hanging checkout began so long ago, so that there is something to see at once. */
const STUCK_SINCE_MS = 30 * 60_000

async function live(stuck: string | undefined, json: boolean): Promise<number> {
  const { simulateMarket } = await import('../../demo/market.ts')
  const { replayed } = await import('../../demo/replay.ts')
  const { sendAsDue } = await import('../replay.ts')
  if (stuck !== undefined && !['app', 'mini_program', 'web'].includes(stuck))
    return usage(demo, '--stuck is one of app, mini_program and web')
  const now = Date.now()
  const { events } = simulateMarket({ ...LIVE_MARKET, endDay: localDay(now - 86_400_000, DEFAULT_ZONE) })
  const today = replayed(events, now, stuck ? { channel: stuck, from: now - STUCK_SINCE_MS } : undefined)
  const sent = await sendAsDue(today, (line) => console.error(line))
  if (!sent.ok) {
    say(sent.problem)
    return FAILED
  }
  if (json) console.log(JSON.stringify({ sent: sent.value }))
  return DONE
}

async function storiesFrom<T>(file: string, read: (content: unknown) => Result<T>): Promise<Result<T>> {
  try {
    return read(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    return fail({
      code: 'stories',
      message: `cannot read ${file}: ${(error as Error).message}`,
      remedy: 'it is one JSON object; see docs/demo-stories.md',
    })
  }
}
