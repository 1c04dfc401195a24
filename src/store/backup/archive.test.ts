import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { membersOf, packInto } from './archive.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'archive-'))
afterAll(() => rmSync(folder, { recursive: true }))

const contents: Record<string, string> = {
  'manifest.json': '{}',
  'postgres/inbox.copy.gz': 'x'.repeat(512),
  'files/packs/空.json': '',
  [`files/packs/${'长'.repeat(20)}/${'名'.repeat(30)}.json`]: 'y'.repeat(513),
}
const names = Object.keys(contents)

function lay(into: string): string {
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(path.dirname(path.join(into, name)), { recursive: true })
    writeFileSync(path.join(into, name), content)
  }
  return into
}

/** What an archive holds, by our own reading. */
async function read(archive: string) {
  const bytes = readFileSync(archive)
  const members = [...((await membersOf(archive)) ?? [])]
  return Object.fromEntries(
    members.map(([name, { start, bytes: n }]) => [name, bytes.toString('utf8', start, start + n)]),
  )
}

test('what is packed is read back, by this program and by tar, and is no longer beside it', async () => {
  const archive = path.join(folder, 'a.tar')
  const from = lay(path.join(folder, 'from'))
  await packInto(archive, from, names)
  expect(await read(archive)).toEqual(contents)
  expect(readdirSync(from, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())).toEqual([])
  const out = path.join(folder, 'out')
  mkdirSync(out)
  expect(spawnSync('tar', ['xf', archive, '-C', out]).status).toBe(0)
  for (const name of names) expect(readFileSync(path.join(out, name), 'utf8')).toBe(contents[name])
})

test('an archive that tar made of the folder is the same, whether the folder is named in it or not', async () => {
  lay(path.join(folder, 'monday'))
  for (const [name, args] of [
    ['named', ['-C', folder, 'monday']],
    ['bare', ['-C', path.join(folder, 'monday'), '.']],
  ] as const) {
    const archive = path.join(folder, `${name}.tar`)
    expect(spawnSync('tar', ['cf', archive, '--format=ustar', ...args]).status).toBe(0)
    expect(await read(archive)).toEqual(contents)
  }
})

test('one that was cut anywhere, or is none, is none', async () => {
  const archive = path.join(folder, 'cut.tar')
  await packInto(archive, lay(path.join(folder, 'again')), names)
  const { length } = readFileSync(archive)
  for (const end of [length - 1_024, 3_000, 1_100, 512, 100, 0]) {
    truncateSync(archive, end)
    expect(await membersOf(archive)).toBeUndefined()
  }
  writeFileSync(archive, 'text'.repeat(1_000))
  expect(await membersOf(archive)).toBeUndefined()
})
