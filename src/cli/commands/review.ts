import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../app/config.ts'
import type { Lang } from '../../app/report/shape.ts'
import { printReview, type ReviewFormat, reviewFormats } from '../../app/review/print.ts'
import type { Review } from '../../app/review/shape.ts'
import type { Result } from '../../core/result.ts'
import { MAIN, type TenantId, tenantId } from '../../core/tenant.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { call, findServer, refused } from '../connect.ts'

export const review = defineCommand({
  name: 'review',
  summary: 'the weekly review of bad voices, ready to print, as HTML, Markdown or JSON',
  operands: '',
  options: {
    tenant: { type: 'string', hint: 'ID', help: 'whose (default main)' },
    week: { type: 'string', hint: 'YYYY-Www', help: 'which ISO week (default the last one with data)' },
    category: { type: 'string', hint: 'NAME', help: 'one category (default all)' },
    format: {
      type: 'string',
      hint: 'F',
      help: `${reviewFormats.join(', ')} (default by the ending of --out, else md)`,
    },
    lang: { type: 'string', hint: 'zh|en', help: 'the language of the review (default zh)' },
    out: { type: 'string', hint: 'FILE', help: 'where to write (default standard output)' },
  },
  async run({ values, json }) {
    const tenant = tenantId.safeParse(values.tenant ?? MAIN)
    if (!tenant.success) return usage(review, tenant.error.issues[0]!.message)
    const out = values.out as string | undefined
    const format = json ? 'json' : ((values.format as string | undefined) ?? out?.split('.').at(-1) ?? 'md')
    const lang = (values.lang ?? 'zh') as Lang
    if (!isFormat(format)) return usage(review, `--format is one of ${reviewFormats.join(', ')}`)
    if (lang !== 'zh' && lang !== 'en') return usage(review, '--lang is zh or en')
    const made = await makeReview(tenant.data, {
      week: values.week as string | undefined,
      category: values.category as string | undefined,
    })
    if (!made.ok) {
      say(made.problem)
      return FAILED
    }
    const text = printReview(made.value, format, lang)
    if (out === undefined) process.stdout.write(text)
    else await writeFile(out, text)
    return DONE
  },
})

const isFormat = (format: string): format is ReviewFormat => (reviewFormats as readonly string[]).includes(format)

interface Asked {
  week?: string
  category?: string
}

const PATIENCE_MS = 5 * 60_000

/** Waits for the new topics to be mined: a printed page cannot fill itself in later. */
async function makeReview(tenant: TenantId, asked: Asked): Promise<Result<Review>> {
  const config = readConfig()
  const server = await findServer(config)
  if (!server) return inThisProcess(tenant, asked)
  const query = new URLSearchParams({ tenant })
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value)
  for (const start = Date.now(); ; await sleep(500)) {
    const answer = await call(server, `/review?${query}`)
    if (!answer.ok) return refused(answer)
    const value = (await answer.json()) as Review
    if (value.topicsReady || Date.now() > start + PATIENCE_MS) return { ok: true, value }
  }
}

async function inThisProcess(tenant: TenantId, asked: Asked): Promise<Result<Review>> {
  const { openApp } = await import('../../app.ts')
  const app = await openApp(readConfig(), () => {})
  if (!app.ok) return app
  try {
    await app.value.review(tenant, asked, Date.now())
    await app.value.mining.settled()
    return await app.value.review(tenant, asked, Date.now())
  } finally {
    await app.value.close()
  }
}
