import { createReadStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { membersOf } from './archive.ts'

/** A backup as it lies on a disk: a folder, or that folder as one file. */
export interface KeptBackup {
  /** Its path, for a person. */
  where: string
  /** Bytes of one of its files; undefined where it has none of that name. */
  size(file: string): number | undefined
  read(file: string): Readable
}

/** A backup is one file where its name says so. */
export const isArchive = (where: string): boolean => where.endsWith('.tar')

/** Undefined where nothing lies there; a file that is no archive is a backup that has no files. */
export async function openKept(where: string): Promise<KeptBackup | undefined> {
  if (!existsSync(where)) return undefined
  return statSync(where).isDirectory() ? inFolder(where) : inArchive(where)
}

function inFolder(where: string): KeptBackup {
  const full = (file: string) => path.join(where, file)
  return {
    where,
    size: (file) => (existsSync(full(file)) ? statSync(full(file)).size : undefined),
    read: (file) => createReadStream(full(file)),
  }
}

async function inArchive(where: string): Promise<KeptBackup> {
  const members = (await membersOf(where)) ?? new Map<string, never>()
  return {
    where,
    size: (file) => members.get(file)?.bytes,
    read: (file) => {
      const member = members.get(file)
      if (!member || member.bytes === 0) return Readable.from([])
      return createReadStream(where, { start: member.start, end: member.start + member.bytes - 1 })
    },
  }
}
