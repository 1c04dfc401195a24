/**
 * What a value from a file must look like, checked without a schema library. The language engine begins in every worker and at every
 * `daystar understand`, where loading and warming such a library took longer than all that it checked. The doors of the API keep zod, whose
 * schemas are their description as well.
 */

/** What does not fit, and where in the value. */
export class Misfit {
  readonly at: readonly PropertyKey[]
  readonly reason: string
  constructor(at: readonly PropertyKey[], reason: string) {
    this.at = at
    this.reason = reason
  }
}

/** Takes a value in: the same, completed by what it may leave out, or what does not fit. */
export type Shape<T> = (value: unknown) => T | Misfit

/** What a shape makes of a value that fits. */
export type Shaped<S> = S extends Shape<infer T> ? T : never

type Fields = Record<string, Shape<unknown>>
type ObjectOf<F extends Fields> = {
  [K in keyof F as undefined extends Shaped<F[K]> ? never : K]: Shaped<F[K]>
} & { [K in keyof F as undefined extends Shaped<F[K]> ? K : never]?: Shaped<F[K]> }

const expected = (what: string, value: unknown): Misfit => new Misfit([], `expected ${what}, found ${kindOf(value)}`)

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

const within = ({ at, reason }: Misfit, place: PropertyKey): Misfit => new Misfit([place, ...at], reason)

/** A text; with a pattern, one that it matches, else `reason` says what is wrong. */
export const string =
  (pattern?: RegExp, reason = `does not match ${pattern}`): Shape<string> =>
  (value) => {
    if (typeof value !== 'string') return expected('a string', value)
    return pattern === undefined || pattern.test(value) ? value : new Misfit([], reason)
  }

/** A text of at least one sign. */
export const filled = string(/./s, 'is empty')

export const number: Shape<number> = (value) =>
  Number.isFinite(value) ? (value as number) : expected('a number', value)

export const whole =
  (least: number, most: number): Shape<number> =>
  (value) =>
    Number.isInteger(value) && least <= (value as number) && (value as number) <= most
      ? (value as number)
      : new Misfit([], `is not a whole number from ${least} to ${most}`)

export const boolean: Shape<boolean> = (value) =>
  typeof value === 'boolean' ? value : expected('true or false', value)

export const oneOf =
  <const T extends string>(options: readonly T[]): Shape<T> =>
  (value) =>
    options.find((option) => option === value) ?? new Misfit([], `is none of ${options.join(', ')}`)

export const optional =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value) =>
    value === undefined ? undefined : shape(value)

/** What is left out is a fresh `fallback()`. */
export const withDefault =
  <T>(shape: Shape<T>, fallback: () => T): Shape<T> =>
  (value) =>
    value === undefined ? fallback() : shape(value)

/** A value that is known to fit: that it does not is a bug. */
export function mustFit<T>(shape: Shape<T>, value: unknown): T {
  const taken = shape(value)
  if (taken instanceof Misfit) throw new Error(`${taken.at.join('.')}: ${taken.reason}`)
  return taken
}

/** A list of at least so many entries. */
export const array =
  <T>(one: Shape<T>, least = 0): Shape<T[]> =>
  (value) => {
    if (!Array.isArray(value)) return expected('a list', value)
    if (value.length < least) return new Misfit([], `has fewer than ${least} entries`)
    const list: T[] = []
    for (let i = 0; i < value.length; i++) {
      const taken = one(value[i])
      if (taken instanceof Misfit) return within(taken, i)
      list.push(taken)
    }
    return list
  }

/** An object of any keys that fit. */
export const record =
  <T>(key: Shape<string>, one: Shape<T>): Shape<Record<string, T>> =>
  (value) => {
    if (!isObject(value)) return expected('an object', value)
    const out: [string, T][] = []
    for (const name of Object.keys(value)) {
      const named = key(name)
      const taken = named instanceof Misfit ? named : one(value[name])
      if (taken instanceof Misfit) return within(taken, name)
      out.push([name, taken])
    }
    return Object.fromEntries(out)
  }

/** An object of these keys; what else it holds is left behind. */
export const object =
  <F extends Fields>(fields: F): Shape<ObjectOf<F>> =>
  (value) => {
    if (!isObject(value)) return expected('an object', value)
    const out: Record<string, unknown> = {}
    for (const name in fields) {
      const taken = fields[name]!(value[name])
      if (taken instanceof Misfit) return within(taken, name)
      if (taken !== undefined) out[name] = taken
    }
    return out as ObjectOf<F>
  }

/** An object of these keys and no other. */
export const strictObject = <F extends Fields>(fields: F): Shape<ObjectOf<F>> => {
  const known = object(fields)
  return (value) => {
    const taken = known(value)
    if (taken instanceof Misfit) return taken
    const stranger = Object.keys(value as object).find((name) => !Object.hasOwn(fields, name))
    return stranger === undefined ? taken : new Misfit([stranger], `Unrecognized key: "${stranger}"`)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
