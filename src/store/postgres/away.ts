/**
 * True where PostgreSQL could not do its part: it is not there, shuts down, its disk is full, or a write or fsync failed. What was under
 * way is then not known to be on disk and must not be acknowledged. False where a statement itself was at fault.
 */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as Error & { code?: string }
  if (code !== undefined) return awayCodes.test(code)
  return awayMessages.test(error.message)
}

/** Classes of SQLSTATE: 08 connection, 25006 read-only, 53 resources, 57P shutdown, 58 system, XX internal; and errors of sockets. */
const awayCodes = /^(08...|25006|53...|57P0.|58...|XX...|ECONN\w+|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN)$/
const awayMessages =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|Cannot use a pool after|Client was closed/i
