/** An expected outcome as a value: what went well, or a problem that a person can act on. Bugs throw instead. */
export type Result<T, P = Problem> = { ok: true; value: T } | { ok: false; problem: P }

/** What happened, where, and what to do about it. `code` is stable; `message` is for people. */
export interface Problem {
  code: string
  message: string
  /** What the reader of the message can do next, as one sentence. */
  remedy?: string
  /** The field, line or place that the problem is about. */
  where?: string
  /** Message and remedy in Chinese, where the problem is told in both languages. */
  zh?: { message: string; remedy?: string }
}

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })

export const fail = <P = Problem>(problem: P): Result<never, P> => ({ ok: false, problem })

/** Thrown at a door (CLI, HTTP) to carry a problem out of deep code that cannot go on. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}
