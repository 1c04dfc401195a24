import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * Compiles kernels/*.as.ts to WebAssembly; null where the compiler is not installed (`npm ci` in this folder brings it). The same sources give the
 * same bytes. Run as a program it writes kernels.wasm: `node src/understand/learn/neural/kernels/build.ts`.
 */
export async function buildKernels(): Promise<Uint8Array | null> {
  const asc = await compiler()
  if (!asc) return null
  let bytes: Uint8Array | null = null
  const { error, stderr } = await asc.main([ENTRY, '--outFile', OUT, ...OPTIONS], {
    readFile: (name) => readFile(new URL(name, import.meta.url), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      bytes = contents
    },
  })
  if (error || !bytes) throw new Error(`the kernels do not compile: ${stderr}`)
  return bytes
}

const ENTRY = 'index.as.ts'
const OUT = 'kernels.wasm'
const OPTIONS = ['-O3', '--runtime', 'stub', '--enable', 'simd,relaxed-simd', '--importMemory', '--noAssert']

interface Compiler {
  main(
    argv: string[],
    host: {
      readFile(name: string): Promise<string | null>
      writeFile(name: string, contents: Uint8Array): void
    },
  ): Promise<{ error: Error | null; stderr: object }>
}

async function compiler(): Promise<Compiler | null> {
  let address: string
  try {
    address = import.meta.resolve('assemblyscript/asc')
  } catch {
    return null
  }
  return (await import(address).catch(() => null)) as Compiler | null
}

/** What the sources and the program are: a test notices sources that were changed and not compiled, without the compiler. */
export async function fingerprint(): Promise<{ sources: string; program: string }> {
  const here = new URL('.', import.meta.url)
  const sources = createHash('sha256')
  for (const name of (await readdir(here)).filter((file) => file.endsWith('.as.ts')).sort())
    sources.update(await readFile(new URL(name, here)))
  const program = createHash('sha256').update(await readFile(new URL(OUT, here)))
  return { sources: sources.digest('hex'), program: program.digest('hex') }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = await buildKernels()
  if (!bytes)
    throw new Error('The compiler is not installed: run "npm ci" in src/understand/learn/neural/kernels first.')
  await writeFile(new URL(OUT, import.meta.url), bytes)
  await writeFile(new URL('kernels.json', import.meta.url), `${JSON.stringify(await fingerprint(), null, 2)}\n`)
}
