import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { readOwnPack } from '../understand/overlay.ts'
import type { PackFile } from '../understand/pack-file.ts'
import type { Pack } from '../understand/packs.ts'

/** A pack of a tenant's folder that cannot be used, and why: file, line and reason. */
interface RefusedPack {
  id: string
  problem: string
}

/**
 * The packs that lie as `<folder>/<id>/pack.json`: a brand's own, kept beside its data. One that cannot be used is left out and told;
 * the others count.
 */
export function folderPacks(
  folder: string,
  packs: readonly Pack[],
  departments: ReadonlySet<string>,
): { packs: PackFile[]; refused: RefusedPack[] } {
  const found: { packs: PackFile[]; refused: RefusedPack[] } = { packs: [], refused: [] }
  for (const { id, file } of filesIn(folder)) {
    const read = readOwnPack({ file, text: readFileSync(file, 'utf8') }, packs, departments)
    if (!read.ok) found.refused.push({ id, problem: `${read.problem.where}: ${read.problem.message}` })
    else if (read.value.id === id) found.packs.push(read.value)
    else
      found.refused.push({ id, problem: `${file}: the id "${read.value.id}" is not the name of its folder, "${id}"` })
  }
  return found
}

/** Changes when a file comes, goes or is written. */
export const folderStamp = (folder: string): string =>
  filesIn(folder)
    .map(({ id, file }) => `${id} ${statSync(file).mtimeMs}`)
    .join()

function filesIn(folder: string): { id: string; file: string }[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((id) => ({ id, file: path.join(folder, id, 'pack.json') }))
    .filter(({ file }) => existsSync(file))
}
