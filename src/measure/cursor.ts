import type { z } from 'zod'
import { fail, ok, type Result } from '../core/result.ts'

/** The cursor of the page that begins after a row: the row's values in the order by which the rows are sorted. */
export const cursorAfter = (place: readonly (number | string)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** The place that a cursor holds, if one is given; a problem (`bad-cursor`) where no page of `what` can have given it. */
export function placeOf<Place>(
  cursor: string | undefined,
  shape: z.ZodType<Place>,
  what: string,
): Result<Place | undefined> {
  if (cursor === undefined) return ok(undefined)
  const place = shape.safeParse(parsed(cursor))
  if (place.success) return ok(place.data)
  return fail({
    code: 'bad-cursor',
    message: `The cursor is not one that a page of ${what} gave`,
    remedy: 'Begin at the first page.',
    where: 'cursor',
  })
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
