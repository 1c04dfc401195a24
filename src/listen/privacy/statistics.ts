import type { Stores } from '../../store/open.ts'

/**
 * What is frequent in a column, and where its values lie, stands in the planner's statistics as it is. They are taken anew; of a table that
 * has become empty the old ones would stay, and only releases from 18 on can be told to drop them.
 */
export async function renewStatistics({ pg }: Stores): Promise<void> {
  const { rows } = await pg.query<{ release: number }>(`select current_setting('server_version_num')::int as release`)
  if (rows[0]!.release >= 180_000)
    await pg.query(
      'select pg_clear_attribute_stats(schemaname, tablename, attname, inherited) from pg_stats where schemaname = current_schema()',
    )
  await pg.query('analyze')
}
