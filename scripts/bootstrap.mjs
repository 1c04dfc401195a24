// The first thing `npm start` and `npm test` run, on whatever Node is there: it must parse on an old one, to be able to say so.
const [major] = process.versions.node.split('.').map(Number)
if (major < 20) {
  console.error(
    `Daystar needs Node 20 or newer; this is ${process.version}. Install a current one from https://nodejs.org and start again.`,
  )
  process.exit(1)
}

const doors = { start: './start.mjs', test: './test.mjs' }
const [door, ...rest] = process.argv.slice(2)
const { Trouble } = await import('./trouble.mjs')
try {
  const { install } = await import('./install.mjs')
  await install()
  const { run } = await import(doors[door] ?? doors.start)
  process.exitCode = await run(rest)
} catch (error) {
  if (!(error instanceof Trouble)) throw error
  console.error(error.message)
  process.exitCode = 1
}
