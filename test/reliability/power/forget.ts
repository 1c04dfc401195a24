import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'

/** The write layer of forget.c, built with the system's C compiler; undefined where there is none. Linux only. */
export function buildForgetful(folder: string): string | undefined {
  if (process.platform !== 'linux' || spawnSync('cc', ['--version']).status !== 0) return undefined
  const library = path.join(folder, 'forget.so')
  const source = path.join(import.meta.dirname, 'forget.c')
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'])
  return library
}

interface Note {
  type: 'w' | 's'
  file: string
  offset: number
  size: number
  old: Buffer
}

/** Puts every file back to what it was at its last fsync, as the notes tell it. Answers how many writes were forgotten. */
export function forgetUnsynced(notesFile: string): number {
  const notes = readNotes(readFileSync(notesFile))
  const syncedAt = new Map<string, number>()
  for (const [place, note] of notes.entries()) if (note.type === 's') syncedAt.set(note.file, place)
  let forgotten = 0
  for (let place = notes.length - 1; place >= 0; place--) {
    const { type, file, offset, size, old } = notes[place]!
    if (type !== 'w' || place < (syncedAt.get(file) ?? -1) || !existsSync(file)) continue
    const fd = openSync(file, 'r+')
    if (old.length > 0) writeSync(fd, old, 0, old.length, offset)
    ftruncateSync(fd, size)
    closeSync(fd)
    forgotten++
  }
  return forgotten
}

/** The last note may break off: whoever wrote it was killed, and the write behind it never happened. */
function readNotes(bytes: Buffer): Note[] {
  const notes: Note[] = []
  for (let at = 0; at + 25 <= bytes.length; ) {
    const named = bytes.readUInt32LE(at + 1)
    const length = bytes.readUInt32LE(at + 21)
    const body = at + 25 + named
    if (body + length > bytes.length) break
    notes.push({
      type: String.fromCharCode(bytes[at]!) as Note['type'],
      file: bytes.toString('utf8', at + 25, body),
      offset: Number(bytes.readBigInt64LE(at + 5)),
      size: Number(bytes.readBigInt64LE(at + 13)),
      old: bytes.subarray(body, body + length),
    })
    at = body + length
  }
  return notes
}
