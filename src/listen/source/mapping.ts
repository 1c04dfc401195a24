import type { LeftOut, Mapping } from './source.ts'

/** Mappings, written from the record's field to the paths (or columns) that fill it. */
export const mapped = (table: Readonly<Record<string, string | readonly string[]>>): Mapping[] =>
  Object.entries(table).flatMap(([to, from]) => [from].flat().map((one) => ({ from: one, to })))

/** Fields that are left out for one reason. */
export const leave = (zh: string, en: string, ...paths: readonly string[]): LeftOut[] =>
  paths.map((from) => ({ from, why: { zh, en } }))
