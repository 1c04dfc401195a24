import { reach } from '../../core/reach/reach.ts'
import type { Problem } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import { mask } from '../../listen/mask.ts'
import type { Stores } from '../../store/open.ts'
import { type Answer, checkAnswer, readCompletion } from '../../understand/llm/answer.ts'
import { askAbout, mostTokens, questionKey, requestBody } from '../../understand/llm/question.ts'
import type { Pack } from '../../understand/packs.ts'
import { type Budget, reserve, settleTokens } from './budget.ts'
import type { LlmSettings } from './settings.ts'

const TIMEOUT_MS = 60_000
const MOST_BYTES = 256 * 1024

/** What became of one question. */
export type Asked =
  | { outcome: 'answered'; key: string; asked: boolean; answer: Answer }
  | { outcome: 'refused'; key: string; asked: boolean; refusal: string }
  | { outcome: 'spent' }
  | { outcome: 'failed'; problem: Problem; waitMs?: number }

export interface Asking {
  stores: Stores
  tenant: TenantId
  settings: LlmSettings
  budget: Budget
  allowed: readonly string[]
  engine: string
  signal: AbortSignal
}

/** Asks about one voice: from the cache where the same question was asked before, else of the service within the budget. */
export async function ask(asking: Asking, text: string, pack: Pack): Promise<Asked> {
  const { stores, tenant, settings, budget } = asking
  const messages = askAbout(mask(text), pack)
  const key = questionKey({ messages, engine: asking.engine, url: settings.baseUrl, model: settings.model })
  const known = await stores.db
    .selectFrom('llm_answers')
    .select(['answer', 'refusal'])
    .where('tenant', '=', tenant)
    .where('key', '=', key)
    .executeTakeFirst()
  if (known) return outcomeOf(key, false, known.answer as Answer | null, known.refusal)

  const cost = mostTokens(messages)
  if (!(await reserve(stores, budget, cost))) return { outcome: 'spent' }
  const reply = await send(asking, requestBody(settings.model, messages))
  await settleTokens(stores, budget, cost, 'problem' in reply ? 0 : (reply.tokens ?? cost))
  if ('problem' in reply) return { outcome: 'failed', ...reply }

  const checked = checkAnswer(reply.content, text, pack)
  const answer = checked.ok ? checked.value : null
  const refusal = checked.ok ? null : checked.problem
  await stores.db
    .insertInto('llm_answers')
    .values({ tenant, key, answer: answer && JSON.stringify(answer), refusal })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return outcomeOf(key, true, answer, refusal)
}

const outcomeOf = (key: string, asked: boolean, answer: Answer | null, refusal: string | null): Asked =>
  answer
    ? { outcome: 'answered', key, asked, answer }
    : { outcome: 'refused', key, asked, refusal: refusal ?? 'not_json' }

type Reply = { content: string; tokens: number | null } | { problem: Problem; waitMs?: number }

async function send({ settings, allowed, signal }: Asking, body: string): Promise<Reply> {
  const answer = await reach({
    url: `${settings.baseUrl}/chat/completions`,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(settings.key === null ? {} : { authorization: `Bearer ${settings.key}` }),
    },
    body,
    timeoutMs: TIMEOUT_MS,
    mostBytes: MOST_BYTES,
    allowed,
    signal,
  })
  if (!answer.ok) return { problem: answer.problem }
  const { status, text, retryAfter } = answer.value
  if (status === 200) return readCompletion(text) ?? { problem: NO_COMPLETION }
  return { problem: statusProblem(status), waitMs: retryAfter === null ? undefined : retryAfter * 1_000 }
}

const NO_COMPLETION: Problem = {
  code: 'llm_answer',
  message: 'The service answers, but not as an OpenAI-compatible one does.',
  remedy: 'Check the address: it usually ends in /v1.',
}

/** In words of our own: what a service writes into its error pages is not repeated, since it may hold what was sent. */
function statusProblem(status: number): Problem {
  if (status === 401 || status === 403)
    return {
      code: 'llm_denied',
      message: `The service refuses the key (${status}).`,
      remedy: 'Give a key that is valid.',
    }
  if (status === 404)
    return {
      code: 'llm_missing',
      message: 'The service knows no such address or model (404).',
      remedy: 'Check the address, which usually ends in /v1, and the name of the model.',
    }
  if (status === 429)
    return {
      code: 'llm_busy',
      message: 'The service is asked too often, or its quota is spent (429).',
      remedy: 'Wait, or raise the quota there.',
    }
  return {
    code: 'llm_status',
    message: `The service answered with an error (${status}).`,
    remedy: 'It is tried again later.',
  }
}
