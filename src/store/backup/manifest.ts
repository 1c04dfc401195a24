import path from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import { migrations } from '../postgres/migrations.ts'
import { type KeptBackup, openKept } from './kept.ts'
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

/** Opens a backup and reads what it says of itself. Problems: `backup_missing`, `backup_foreign`, `backup_newer`, `backup_broken`. */
export async function readManifest(folder: string): Promise<Result<{ kept: KeptBackup; manifest: Manifest }>> {
  const kept = await openKept(folder)
  if (!kept) return fail(missing(folder))
  if (kept.size(manifestFile) === undefined) return fail(foreign(folder))
  const raw = parsed(await text(kept.read(manifestFile)))
  const format = (raw as { daystarBackup?: unknown } | null)?.daystarBackup
  if (format === undefined) return fail(foreign(folder))
  if (typeof format === 'number' && format > FORMAT) return fail(newer(folder, `its form is ${format}`))
  const said = manifest.safeParse(raw)
  if (!said.success) {
    const issue = said.error.issues[0]!
    return fail(broken(folder, `${manifestFile}: ${issue.path.join('.')} ${issue.message}`))
  }
  const unknown = said.data.migrations.find((name) => !(name in migrations))
  return unknown === undefined
    ? ok({ kept, manifest: said.data })
    : fail(newer(folder, `made by ${said.data.daystar}, with ${unknown}`))
}

/** Looks whether every file is there, of its length and with its checksum. Problem: `backup_broken`. */
export async function checkFiles(
  kept: KeptBackup,
  { tables, files }: Manifest,
  onFile: (done: number, all: number) => void,
): Promise<Result<void>> {
  const all = [...tables, ...files]
  for (const [place, { file, bytes, sha256 }] of all.entries()) {
    onFile(place, all.length)
    const bad = (why: string) => fail(broken(kept.where, `${file} ${why}`))
    if (path.relative('/backup', path.join('/backup', file)).startsWith('..')) return bad('lies outside')
    if (kept.size(file) === undefined) return bad('is missing')
    const found = await fileSum(kept.read(file))
    if (found.bytes !== bytes) return bad(`has ${found.bytes} bytes, not ${bytes}`)
    if (found.sha256 !== sha256) return bad('was changed')
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
  message: `There is nothing at ${folder}.`,
  remedy: 'Name the folder or the file that "daystar backup" made.',
  where: folder,
})

const foreign = (folder: string): Problem => ({
  code: 'backup_foreign',
  message: `${folder} is no backup of Daystar, or a file that was cut: it has no ${manifestFile} that says so.`,
  remedy:
    'Name the folder or the file that "daystar backup" made. One that was broken off is called ….partial and cannot be used.',
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
