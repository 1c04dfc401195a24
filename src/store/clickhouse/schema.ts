/**
 * The analytic tables. One statement each, in the part of the dialect that 18.16 and today's releases both speak; `IF NOT EXISTS`
 * makes them safe to run at every start.
 *
 * Rows are written by the reader alone, which drops what it already knows: nothing here is ever counted twice, so plain counts need
 * no FINAL. Orders are the exception: a later record of an order replaces the earlier one, so questions about orders read
 * `orders FINAL`.
 *
 * `Word` is a text with few different values: a dictionary-coded string where the release knows that, else a plain one (`prepare`).
 *
 * Times: `at` and the like are epoch milliseconds (UTC); `day` is the local calendar day in the record's zone. Empty string = not
 * given, for ids and names; Nullable for numbers and times, since nought is a value there.
 */
export const tables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS voices (
    tenant Word, day Date, id String, at Int64, source Word, kind Word, speaker Word,
    text String, lang Word, read UInt8,
    metric Word, rating Nullable(Float64), rating_min Float64, rating_max Float64,
    order_id String, product_id String, merchant_id Word, category Word, customer_ref String,
    conversation String, turn UInt32, city Word, channel Word, simulated UInt8,
    sentiment Word, score Float32, emotion Word,
    scenes Array(Word), aspects Array(Word), negative_aspects Array(Word), mentions String
  ) ENGINE = ReplacingMergeTree PARTITION BY tuple() ORDER BY (tenant, day, id)`,

  `CREATE TABLE IF NOT EXISTS mentions (
    tenant Word, day Date, voice_id String, ordinal UInt16, at Int64,
    aspect Word, term String, opinion String, polarity Word, scene Word, quote String,
    start UInt32, end UInt32, confidence Float32,
    source Word, kind Word, rating01 Nullable(Float32), metric Word,
    order_id String, product_id String, merchant_id Word, category Word, customer_ref String,
    city Word, channel Word
  ) ENGINE = ReplacingMergeTree PARTITION BY tuple() ORDER BY (tenant, category, day, voice_id, ordinal)`,

  `CREATE TABLE IF NOT EXISTS events (
    tenant Word, day Date, id String, at Int64, source Word, name Word, customer_ref String, session String,
    touchpoint Word, order_id String, product_id String, merchant_id Word, category Word,
    city Word, channel Word, props String, simulated UInt8
  ) ENGINE = ReplacingMergeTree PARTITION BY tuple() ORDER BY (tenant, day, id)`,

  `CREATE TABLE IF NOT EXISTS orders (
    tenant Word, order_id String, line UInt16, version Int64, digest String, removed UInt8, source Word,
    product_id String, category Word, merchant_id Word, customer_ref String, city Word, channel Word,
    quantity UInt32, amount_minor Int64, currency Word,
    ordered_at Int64, ordered_day Date,
    promised_at Nullable(Int64), promised_day Nullable(Date), shipped_at Nullable(Int64),
    delivered_at Nullable(Int64), delivered_day Nullable(Date),
    install_promised_at Nullable(Int64), installed_at Nullable(Int64), install_promised_day Nullable(Date), installed_day Nullable(Date),
    cancelled_at Nullable(Int64), returned_at Nullable(Int64), return_reason String, refund_minor Nullable(Int64),
    facts String, simulated UInt8
  ) ENGINE = ReplacingMergeTree(version) PARTITION BY tuple() ORDER BY (tenant, order_id, line)`,

  // Which days have been written (`marks.ts`), and which of them were added up, into which build of \`tallies\`.
  `CREATE TABLE IF NOT EXISTS day_marks (
    tenant Word, source Word, day Date, touches Int64, open Int64, nonce UInt64
  ) ENGINE = SummingMergeTree PARTITION BY tuple() ORDER BY (tenant, source, day)`,

  `CREATE TABLE IF NOT EXISTS day_builds (
    tenant Word, source Word, day Date, build UInt64, counted Int64, version String
  ) ENGINE = ReplacingMergeTree(build) PARTITION BY tuple() ORDER BY (tenant, source, day)`,

  // Sums of a day's rows, all of them (dimension '') and by one dimension. A day is replaced by a new build, never added to.
  `CREATE TABLE IF NOT EXISTS tallies (
    tenant Word, measure Word, dimension Word, key String, day Date, build UInt64, item String, n Int64, plus Int64, minus Int64
  ) ENGINE = MergeTree PARTITION BY tuple() ORDER BY (tenant, measure, dimension, day, build, key, item)`,
]

/**
 * Columns that came after the first release, by table: name and definition. They are added at the start to whatever table lacks them, new
 * ones too, so that there is one list; rows from before have the default.
 */
export const added: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  voices: [
    ['emotion_strength', 'Float32'],
    ['urgency', "Word DEFAULT 'none'"],
    ['intents', 'Array(Word)'],
    ['sarcastic', 'UInt8'],
    ['rivals', 'Array(Word)'],
    ['brands', 'Array(Word)'],
    ['spam', 'Array(Word)'],
    ['incentive', 'UInt8'],
    ['copy_of', 'String'],
    ['unread_from', 'Nullable(UInt32)'],
    // JSON of what else the source says of it.
    ['facts', 'String'],
    // JSON of what has its place in the text beside the mentions: sarcasm, incentive, brands (`core/reading.ts`).
    ['signs', 'String'],
  ],
  mentions: [
    ['condition', 'String'],
    ['cause', 'String'],
  ],
  // What the order's own record says of a return; the columns beside them hold what events told as well.
  orders: [
    ['own_returned_at', 'Nullable(Int64) DEFAULT returned_at'],
    ['own_return_reason', 'String DEFAULT return_reason'],
    ['own_refund_minor', 'Nullable(Int64) DEFAULT refund_minor'],
    // The shop's own number of the line.
    ['line_id', 'String'],
  ],
}
