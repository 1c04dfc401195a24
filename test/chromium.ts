import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

/**
 * A Chromium for tests and pictures, headless. `CHROMIUM_PATH` names one; else the one that comes with the packages is used (Linux),
 * else an installed Chromium or Chrome. Chinese text shows on a machine without Chinese fonts too, since a font comes with the packages.
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const ways = await waysToLaunch()
  const failures: string[] = []
  for (const way of ways) {
    try {
      return await chromium.launch({
        ...way,
        ...options,
        args: [...flags(), ...(options.args ?? [])],
        env: { ...process.env, ...way.env, ...options.env },
      })
    } catch (error) {
      failures.push(
        `${way.executablePath ?? way.channel}: ${(error as Error).message.split('\n').slice(0, 12).join('\n')}`,
      )
    }
  }
  throw new Error(`No Chromium could be started. Install one and name it in CHROMIUM_PATH.\n${failures.join('\n')}`)
}

/** The sandbox needs rights that root in a container lacks; only our own pages are ever opened. WebGL is drawn by software. */
const flags = () => [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--font-render-hinting=none',
]

type Way = Pick<LaunchOptions, 'executablePath' | 'channel'> & { env?: Record<string, string> }

async function waysToLaunch(): Promise<Way[]> {
  if (process.env.CHROMIUM_PATH)
    return [
      {
        executablePath: process.env.CHROMIUM_PATH,
        env: process.platform === 'linux' ? withFonts(cacheFolder()) : undefined,
      },
    ]
  if (process.platform !== 'linux') return [{ channel: 'chromium' }, { channel: 'chrome' }, { channel: 'msedge' }]
  const packed = process.arch === 'x64' ? await unpacked() : undefined
  const env = withFonts(cacheFolder())
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].filter((file) =>
    existsSync(file),
  )
  return [
    ...(packed ? [{ executablePath: path.join(packed, 'chromium'), env }] : []),
    // A bare system has no NSS libraries: those that come along are second choice, since they are of another system.
    ...(packed
      ? [
          {
            executablePath: path.join(packed, 'chromium'),
            env: { ...env, LD_LIBRARY_PATH: path.join(packed, 'al2023', 'lib') },
          },
        ]
      : []),
    ...installed.map((executablePath) => ({ executablePath, env })),
  ]
}

/** In the clone, so that nothing is written outside it, and not among the packages, which a new installation clears away. */
function cacheFolder(): string {
  const folder = path.resolve(import.meta.dirname, '../.daystar/chromium')
  mkdirSync(folder, { recursive: true })
  return folder
}

/**
 * Unpacks the packed Chromium once. The package unpacks into the system's temporary folder, file by file; two test files that start at
 * once would run half a browser, so it is told of a draft folder that is then moved into place.
 */
async function unpacked(): Promise<string | undefined> {
  const require = createRequire(import.meta.url)
  const bin = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '../bin')
  const { version } = JSON.parse(readFileSync(path.resolve(bin, '../package.json'), 'utf8')) as { version: string }
  const place = path.join(cacheFolder(), version)
  if (existsSync(place)) return place
  const draft = mkdtempSync(path.join(cacheFolder(), 'new-'))
  const before = process.env.TMPDIR
  process.env.TMPDIR = draft
  try {
    const packed = await import('@sparticuz/chromium')
    await packed.default.executablePath(bin)
    await packed.inflate(path.join(bin, 'al2023.tar.br'))
    renameSync(draft, place)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(place)) throw error
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  return place
}

/** The system's fonts, and behind them a Chinese and a Latin one of our own, under the names that the console's style sheet asks for. */
function withFonts(cache: string): Record<string, string> {
  const require = createRequire(import.meta.url)
  const chinese = path.resolve(path.dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts')
  const folders = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    path.join(os.homedir(), '.fonts'),
    chinese,
    ...latin(cache),
  ]
  const file = path.join(cache, 'fonts.conf')
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...folders.map((folder) => `  <dir>${escaped(folder)}</dir>`),
    `  <cachedir>${escaped(path.join(cache, 'fontconfig'))}</cachedir>`,
    ...['sans-serif', 'system-ui'].map(
      (name) => `  <alias><family>${name}</family><prefer>${preferred}</prefer></alias>`,
    ),
    '  <alias><family>Noto Sans SC</family><prefer><family>Noto Sans CJK SC</family><family>Noto Sans S Chinese</family></prefer></alias>',
    '</fontconfig>',
  ]
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, lines.join('\n'))
  renameSync(draft, file)
  return { FONTCONFIG_FILE: file }
}

const preferred = ['DejaVu Sans', 'Open Sans', 'Noto Sans CJK SC', 'Noto Sans S Chinese']
  .map((name) => `<family>${name}</family>`)
  .join('')

/** The Latin font that comes with the packed Chromium. */
function latin(cache: string): string[] {
  const { version } = JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  ) as { version: string }
  const folder = path.join(cache, version, 'fonts')
  return existsSync(folder) ? [folder] : []
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
