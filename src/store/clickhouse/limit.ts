import type { Problem } from '../../core/result.ts'

/**
 * Which of the engine's limits a question ran into: the memory it may hold, or the time one question may take. Undefined where something
 * else was wrong. By ClickHouse's error codes: 241 MEMORY_LIMIT_EXCEEDED, 159 TIMEOUT_EXCEEDED, 160 TOO_SLOW.
 */
export function limitReached(error: unknown): 'memory' | 'time' | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as Error & { code?: string }
  if (code === '241') return 'memory'
  return code === '159' || code === '160' ? 'time' : undefined
}

const tooMuch = (message: string, zh: string): Problem => ({
  code: 'too_much',
  message,
  remedy: 'choose a shorter period, or one category or product; a ClickHouse server of your own has room for more',
  zh: { message: zh, remedy: '请缩短时间范围，或只看一个品类、一件商品；数据量大时可改用自己的 ClickHouse 服务器。' },
})
const problems = {
  memory: tooMuch(
    'this takes more memory than the engine may use for one question',
    '这次要看的数据太多，超出了引擎一次可用的内存。',
  ),
  time: tooMuch(
    'this takes longer than the engine may work on one question',
    '这次要看的数据太多，没能在限定时间内算完。',
  ),
}

/** What a person is told where a question ran into such a limit: the engine's own words help nobody. */
export function limitProblem(error: unknown): Problem | undefined {
  const limit = limitReached(error)
  return limit && problems[limit]
}
