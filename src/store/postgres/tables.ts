import type { ActTables } from './tables/act.ts'
import type { AlertsTables } from './tables/alerts.ts'
import type { ConnectionsTables } from './tables/connections.ts'
import type { IntakeTables } from './tables/intake.ts'
import type { MeasureTables } from './tables/measure.ts'
import type { PrivacyTables } from './tables/privacy.ts'
import type { ReadingsTables } from './tables/readings.ts'
import type { SurveysTables } from './tables/surveys.ts'
import type { TenancyTables } from './tables/tenancy.ts'
import type { WordsTables } from './tables/words.ts'

/** The operational tables, as Kysely sees them. The DDL is in migrations.ts; each room keeps its own queries. */
export interface Database
  extends TenancyTables,
    IntakeTables,
    ActTables,
    WordsTables,
    ReadingsTables,
    ConnectionsTables,
    SurveysTables,
    PrivacyTables,
    MeasureTables,
    AlertsTables {}
