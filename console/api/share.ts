import { type Search, stringifySearch, validSearch } from './search.ts'

/**
 * The address that brings another person, or the same one next month, to the same view. The period is written out even where
 * the page took its default, since “the last 28 days” are other days then; the language is left to the reader.
 */
export function sharedAddress(pathname: string, search: Search, period: { from: string; to: string } | null): string {
  const { lang: _, ...rest } = search
  return pathname + stringifySearch(validSearch({ ...(period && { from: period.from, to: period.to }), ...rest }))
}
