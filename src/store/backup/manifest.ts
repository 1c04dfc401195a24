import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import { migrations } from '../postgres/migrations.ts'
import { fileSum } from './part.ts'

/** Goes up with every change after which an older release could not read what a newer one wrote. */
export const FORMAT = 1
export const manifestFile = 'manifest.json'

const known = {
  file: z.string().regex(/^[\p{L}\p{N}][^\\\0]*$/u),
  bytes: z.number().int(),
  sha256: z.string().length(64),
}
const manifest = z.object({
  daystarBackup: z.literal(FORMAT),
  /** The release that made it, and when. */
  daystar: z.string(),
  made: z.iso.datetime(),
  engines: z.object({ postgres: z.string(), clickhouse: z.string() }),
  /** The migrations that its tables have been through, in their order. */
  migrations: z.array(z.string()),
  /** Where each sequence of PostgreSQL stood. */
  sequences: z.record(z.string(), z.string().regex(/^\d+$/)),
  /** One file a table: lines as `COPY` and TabSeparated know them. */
  tables: z.array(
    z.object({
      ...known,
      engine: z.enum(['postgres', 'clickhouse']),
      name: z.string().min(1),
      columns: z.array(z.string().min(1)),
      rows: z.number().int(),
      sum: z.number().int(),
    }),
  ),
  /** Files of the data folder, such as the key of what is sealed. */
  files: z.array(z.object(known)),
})

export type Manifest = z.infer<typeof manifest>
export type CopiedTable = Manifest['tables'][number]

/** Reads what a backup says of itself. Problems: `backup_missing`, `backup_foreign`, `backup_newer`, `backup_broken`. */
export async function readManifest(folder: string): Promise<Result<Manifest>> {
  const file = path.join(folder, manifestFile)
  if (!existsSync(file)) return fail(existsSync(folder) ? foreign(folder) : missing(folder))
  const raw = parsed(await readFile(file, 'utf8'))
  const format = (raw as { daystarBackup?: unknown } | null)?.daystarBackup
  if (format === undefined) return fail(foreign(folder))
  if (typeof format === 'number' && format > FORMAT) return fail(newer(folder, `its form is ${format}`))
  const said = manifest.safeParse(raw)
  if (!said.success) {
    const issue = said.error.issues[0]!
    return fail(broken(folder, `${manifestFile}: ${issue.path.join('.')} ${issue.message}`))
  }
  const unknown = said.data.migrations.find((name) => !(name in migrations))
  return unknown === undefined ? ok(said.data) : fail(newer(folder, `made by ${said.data.daystar}, with ${unknown}`))
}

/** Looks whether every file is there, of its length and with its checksum. Problem: `backup_broken`. */
export async function checkFiles(
  folder: string,
  { tables, files }: Manifest,
  onFile: (done: number, all: number) => void,
): Promise<Result<void>> {
  const all = [...tables, ...files]
  for (const [place, { file, bytes, sha256 }] of all.entries()) {
    onFile(place, all.length)
    const full = path.join(folder, file)
    if (path.relative(folder, full).startsWith('..')) return fail(broken(folder, `${file} lies outside`))
    if (!existsSync(full)) return fail(broken(folder, `${file} is missing`))
    const found = await fileSum(full)
    if (found.bytes !== bytes) return fail(broken(folder, `${file} has ${found.bytes} bytes, not ${bytes}`))
    if (found.sha256 !== sha256) return fail(broken(folder, `${file} was changed`))
  }
  onFile(all.length, all.length)
  return ok(undefined)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const missing = (folder: string): Problem => ({
  code: 'backup_missing',
  message: `There is no folder ${folder}.`,
  remedy: 'Name the folder that "daystar backup" made.',
  where: folder,
})

const foreign = (folder: string): Problem => ({
  code: 'backup_foreign',
  message: `${folder} is no backup of Daystar: it has no ${manifestFile} that says so.`,
  remedy: 'Name the folder that "daystar backup" made. One that was broken off is called ….partial and cannot be used.',
  where: folder,
})

const newer = (folder: string, why: string): Problem => ({
  code: 'backup_newer',
  message: `The backup comes from a newer Daystar than this one (${why}).`,
  remedy: 'Restore it with that release or a later one.',
  where: folder,
})

export const broken = (folder: string, why: string): Problem => ({
  code: 'backup_broken',
  message: `The backup is damaged: ${why}.`,
  remedy: 'Nothing of it was restored. Take another copy of it, or an older backup.',
  where: folder,
})
