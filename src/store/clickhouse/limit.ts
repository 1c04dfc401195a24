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
