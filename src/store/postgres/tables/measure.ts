import type { Generated, JSONColumnType } from 'kysely'
import type { MaybeMoment, Moment } from './moment.ts'

/** What a tenant measures by definitions and targets of its own. */
export interface MeasureTables {
  funnels: FunnelTable
  indicators: IndicatorTable
  module_targets: ModuleTargetTable
  module_owners: ModuleOwnerTable
  module_figures: ModuleFigureTable
  module_changes: ModuleChangeTable
  module_notes: ModuleNoteTable
}

/** A funnel that a tenant keeps; what it may hold is checked where it is measured. */
interface FunnelTable {
  tenant: string
  id: string
  name: string
  definition: JSONColumnType<object, string, string>
  changed_by: string
  changed_at: Moment
}

/** An indicator of the tenant's own. */
interface IndicatorTable {
  tenant: string
  id: string
  definition: JSONColumnType<object, string, string>
  changed_by: string
  changed_at: Moment
  retired_at: MaybeMoment
}

/** What is to be reached, in the unit of the indicator. */
interface ModuleTargetTable {
  tenant: string
  module: string
  kpi: string
  value: number
  stretch: number | null
  /** A local day, `YYYY-MM-DD`. */
  by_day: string | null
}

/** An indicator of the tenant's own that a module shows. */
interface ModuleFigureTable {
  tenant: string
  module: string
  indicator: string
  added_at: Moment
}

interface ModuleOwnerTable {
  tenant: string
  module: string
  department: string
  /** Empty where the department as a whole answers. */
  person: string
}

/** `kpi` is empty where the owner changed. */
interface ModuleChangeTable {
  id: Generated<string>
  tenant: string
  module: string
  kpi: string
  at: Moment
  actor: string
  before: JSONColumnType<object | null, string | null, string | null>
  after: JSONColumnType<object | null, string | null, string | null>
}

interface ModuleNoteTable {
  tenant: string
  id: string
  module: string
  from_day: string
  to_day: string
  text: string
  decisions: JSONColumnType<string[], string, string>
  ticket_ids: JSONColumnType<string[], string, string>
  author: string
  at: Moment
}
