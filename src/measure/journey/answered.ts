import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { type Rolling, rowsOf } from '../rollups/rolling.ts'

/** Between the question and the aspects of an item of `answered`, and between aspects. */
export const BETWEEN = '\n'

/** What was asked: NPS, CES, or any other question or review. */
export type AskedFor = 'nps' | 'ces' | 'other'

/** A rating is its place on its scale, 0 to 1. */
const place = sql`((rating - rating_min) / (rating_max - rating_min))`

/** What an answer says of the touchpoint: 9–10 of NPS, 5–7 of 7 to “was it easy”, the top quarter of any other scale; or 0–6 of NPS. */
export const answersWell: Sql = sql`multiIf(metric = 'nps', ${place} > 0.85, metric = 'ces', ${place} > 0.66, ${place} > 0.74)`
export const answersBadly: Sql = sql`(metric = 'nps' AND ${place} < 0.65)`

/** Which of the questions an answer belongs to. */
export const askedFor: Sql = sql`multiIf(metric = 'nps', 'nps', metric = 'ces', 'ces', 'other')`

/** Customers' answers that speak of something. */
export const isAnswer: Sql = sql`rating IS NOT NULL AND speaker = 'customer' AND notEmpty(aspects)`

/**
 * Answers of customers by what was asked and which aspects the voice speaks of, all of them together, since a voice counts once at a
 * touchpoint however many of its aspects it names.
 */
export const answered: Rolling = {
  id: 'answered',
  table: 'voices',
  along: ['category'],
  counted: ({ key, day }, scope) => sql`
    SELECT k, d, concat(question, ${BETWEEN}, spoken) AS i, counted, up, down
    FROM (
      SELECT ${key} AS k, ${day} AS d, ${askedFor} AS question,
        arrayStringConcat(arrayMap(one -> toString(one), aspects), ${BETWEEN}) AS spoken, count() AS counted, countIf(${answersWell}) AS up, countIf(${answersBadly}) AS down
      FROM voices WHERE ${rowsOf(scope)} AND ${isAnswer}
      GROUP BY k, d, question, spoken
    )`,
}
