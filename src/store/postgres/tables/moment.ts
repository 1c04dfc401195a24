import type { ColumnType } from 'kysely'

export type Moment = ColumnType<Date, Date | string | undefined, Date | string>
export type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
