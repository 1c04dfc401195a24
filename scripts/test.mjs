import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildConsole } from './console.mjs'
import { inRoot, runNode } from './runtime.mjs'
import { buildSdk } from './sdk.mjs'

/** `npm test`: lint, types, then every test; each check counts as one test. The last line is `N passed, N failed`. */
export async function run(filters) {
  await buildConsole()
  await buildSdk()
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const [name, args] of checks()) await check(name, args, counts)
  await tests(filters, counts)
  if (counts.skipped > 0) console.log(`${counts.skipped} skipped`)
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
  return counts.failed === 0 ? 0 : 1
}

function checks() {
  const types = inRoot('node_modules', 'typescript', 'bin', 'tsc')
  const all = [
    ['Lint', [inRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check']],
    ['Types of the server', [types, '--noEmit', '-p', inRoot('tsconfig.json')]],
  ]
  if (existsSync(inRoot('console', 'tsconfig.json')))
    all.push(['Types of the console', [types, '--noEmit', '-p', inRoot('console', 'tsconfig.json')]])
  all.push(['Types of the browser SDK', [types, '-p', inRoot('sdk', 'browser', 'tsconfig.json')]])
  return all
}

async function check(name, args, counts) {
  const { code, output } = await runNode(args, { show: false })
  counts[code === 0 ? 'passed' : 'failed']++
  console.log(code === 0 ? `✓ ${name}` : `✗ ${name}\n${output}`)
}

async function tests(filters, counts) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daystar-test-'))
  const report = path.join(folder, 'report.json')
  const { code } = await runNode([
    inRoot('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ])
  const { testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
  rmSync(folder, { recursive: true, force: true })
  for (const file of testResults) {
    // A file that could not even be loaded holds no tests and is one failure.
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) counts.failed++
    for (const { status } of file.assertionResults)
      counts[status === 'passed' || status === 'failed' ? status : 'skipped']++
  }
  if (code !== 0 && counts.failed === 0) counts.failed++
}
