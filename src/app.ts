import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import v8 from 'node:v8'
import vm from 'node:vm'
import { openAccess } from './app/access.ts'
import { createAct } from './app/act.ts'
import { createAlerts } from './app/alerts.ts'
import { type BackupWish, backUp } from './app/backup.ts'
import { type Changed, createChangeFeed } from './app/changes.ts'
import { createChannels } from './app/channels.ts'
import { createCollect } from './app/collect.ts'
import type { Config } from './app/config.ts'
import { createConnections } from './app/connections.ts'
import type { Core } from './app/core.ts'
import { createCorrections } from './app/corrections.ts'
import { type Filling, fillDemo } from './app/demo.ts'
import { createDrivers } from './app/drivers.ts'
import { createEffects } from './app/effects.ts'
import { createFindings } from './app/findings.ts'
import { createFunnels } from './app/funnels.ts'
import { createGraph } from './app/graph.ts'
import { createIndicators } from './app/indicators.ts'
import { createIngest } from './app/ingest.ts'
import { createJourney } from './app/journey.ts'
import { createLlm } from './app/llm/llm.ts'
import { createMeasures } from './app/measures.ts'
import { createMining } from './app/mining.ts'
import { createModules } from './app/modules.ts'
import { collectNames } from './app/names.ts'
import { createOverlays } from './app/overlays.ts'
import { createPacks } from './app/packs.ts'
import { createPrivacy } from './app/privacy.ts'
import { createPromotions } from './app/promotions.ts'
import { createReports } from './app/reports.ts'
import { createReview } from './app/review.ts'
import { createRollups } from './app/rollups.ts'
import { createSettings } from './app/settings.ts'
import { describeSources } from './app/sources.ts'
import { createSurveys } from './app/surveys.ts'
import { openTenancy } from './app/tenancy.ts'
import { version } from './app/version.ts'
import { ok, type Result } from './core/result.ts'
import { storeAmendments } from './listen/amendments.ts'
import { limitsOf } from './listen/backlog.ts'
import { mask } from './listen/mask.ts'
import { startReader } from './listen/reader.ts'
import { rereadPortion } from './listen/reread.ts'
import type { Change, ReadAll } from './listen/round.ts'
import { openStores, type Stores } from './store/open.ts'
import { findCopies } from './understand/copies.ts'
import { loadDepartments } from './understand/packs.ts'
import { openReaderPool } from './understand/pool.ts'
import { loadReader } from './understand/reader.ts'

export type { ImportProgress, ImportResult, Preview } from './app/ingest.ts'
export { limitProblem } from './store/clickhouse/limit.ts'
export { isStoreAway } from './store/postgres/away.ts'

// A draft that adds to every pack has them all compiled twice.
const TRIAL_HEAP_MB = 512

export type App = Awaited<ReturnType<typeof wire>>

/** Opens everything on a data folder, or says why it cannot. */
export async function openApp(config: Config, write: (line: string) => void): Promise<Result<App>> {
  // An engine's error may quote what it was given: no line is written with personal data in it, wherever it comes from.
  const log = (line: string) => write(mask(line))
  const opened = await openStores({ ...config, log })
  if (!opened.ok) return opened
  try {
    return ok(await wire(config, log, opened.value))
  } catch (error) {
    await opened.value.close()
    throw error
  }
}

async function wire(config: Config, log: (line: string) => void, stores: Stores) {
  const reader = loadReader({ weightsFile: config.weightsFile })
  if (reader.warning) log(reader.warning)
  const departments = loadDepartments()
  const core: Core = {
    config,
    log,
    stores,
    tenancy: openTenancy(stores),
    changes: createChangeFeed(),
    departments: new Set(departments.map(({ id }) => id)),
    names: collectNames(reader.packs, departments, (category) => reader.packFor(category)),
    reader: { packs: reader.packs, engine: reader.engine, warning: reader.warning },
  }
  // What a crash has left between the record and the figures.
  await storeAmendments(stores)
  const localToken = randomBytes(24).toString('base64url')
  const secret = secretOf(config)
  const access = await openAccess(stores, { secret, localToken })
  const pool = openReaderPool({ threads: config.readerThreads, weightsFile: config.weightsFile })
  const openTrialPool = () =>
    openReaderPool({
      threads: Math.min(1, config.readerThreads),
      weightsFile: config.weightsFile,
      heapMb: TRIAL_HEAP_MB,
    })
  const overlays = createOverlays(core)
  const readAll: ReadAll = async (voices, tenant) => pool.readAll(voices, await overlays.of(tenant))
  const inboxReader = startReader({
    stores,
    readAll,
    findCopies,
    limits: limitsOf(config.inboxRecords),
    readAgain: () => rereadPortion({ stores, readAll }),
    log,
    onChanged: (changes) => publish(core, changes),
  })
  const privacy = createPrivacy(core, secret)
  const ingest = createIngest(core, inboxReader)
  const connections = createConnections(core, secret, inboxReader.wake)
  const collect = createCollect(core, ingest)
  const findings = createFindings(core)
  const alerts = createAlerts(core)
  const channels = createChannels(core, secret, alerts)
  const corrections = createCorrections(core, overlays.packsOf)
  const llm = createLlm(core, overlays, secret)
  const measures = createMeasures(core, findings, corrections.origins)
  const drivers = createDrivers(core, findings, measures.sliceOf)
  const mining = createMining(core, overlays)
  const effects = createEffects(core)
  const surveys = createSurveys(core, ingest, secret)
  const rollups = createRollups(core)
  await rollups.begin()

  async function close(): Promise<void> {
    await connections.close()
    await ingest.close()
    await surveys.close()
    const reading = inboxReader.stop()
    // What is only being understood is not waited for: it lies unread in the inbox, and is read after the next start.
    await pool.close()
    await reading
    await llm.close()
    await privacy.close()
    await drivers.close()
    await findings.close()
    await alerts.close()
    await channels.close()
    await mining.close()
    await rollups.close()
    await collect.close()
    await stores.close()
  }

  return {
    version,
    log,
    access,
    localToken,
    announce: stores.announce,
    stores,
    changes: core.changes,
    ingest,
    connections,
    sources: describeSources,
    collect,
    findings,
    drivers,
    funnels: createFunnels(core, measures),
    indicators: createIndicators(core, measures),
    alerts,
    channels,
    corrections,
    llm,
    act: createAct(core, findings),
    effects,
    journey: createJourney(core, findings),
    modules: createModules(core, findings, measures),
    review: createReview(core, { findings, effects, mining }),
    graph: createGraph(core, overlays, mining, inboxReader.wake),
    mining,
    privacy,
    promotions: createPromotions(core),
    packs: createPacks(core, overlays, openTrialPool, inboxReader.wake),
    report: createReports(core),
    backUp: (wish: BackupWish) => backUp(config, stores, wish),
    surveys,
    ...createSettings(core, access, ingest, overlays),
    ...measures,
    async fillDemo(filling: Filling): Promise<void> {
      await fillDemo(core, ingest, filling)
      if (!filling.stop.aborted) await Promise.all([findings.settled(), alerts.settled()])
      collectGarbage()
    },
    close,
  }
}

function publish(core: Core, changes: Change[]): void {
  for (const { tenant, ...counts } of changes) {
    const what = (['voices', 'events', 'orders', 'products'] as const satisfies Changed[]).filter(
      (kind) => counts[kind] > 0,
    )
    if (what.length === 0) continue
    core.tenancy.forget(tenant)
    core.changes.publish(tenant, what)
  }
}

/** The key that signs sessions, made once and kept beside the data. */
function secretOf(config: Config): string {
  const file = path.join(config.dataDir, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** Gives back what a burst of work has left on the heap: a market of 300,000 records would otherwise stay for hours on an idle server. */
function collectGarbage(): void {
  v8.setFlagsFromString('--expose-gc')
  const collect = vm.runInNewContext('gc') as () => void
  collect()
}
