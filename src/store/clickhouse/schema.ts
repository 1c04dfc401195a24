/**
 * The analytic tables. One statement each, in the part of the dialect that 18.16 and today's releases both speak; `IF NOT EXISTS`
 * makes them safe to run at every start.
 *
 * Rows are written by the reader alone, which drops what it already knows: nothing here is ever counted twice, so plain counts need
 * no FINAL. Orders are the exception: a later record of an order replaces the earlier one, so questions about orders read
 * `orders FINAL`.
 *
 * Times: `at` and the like are epoch milliseconds (UTC); `day` is the local calendar day in the record's zone. Empty string = not
 * given, for ids and names; Nullable for numbers and times, since nought is a value there.
 */
export const tables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS voices (
    tenant String, day Date, id String, at Int64, source String, kind String, speaker String,
    text String, lang String, read UInt8,
    metric String, rating Nullable(Float64), rating_min Float64, rating_max Float64,
    order_id String, product_id String, merchant_id String, category String, customer_ref String,
    conversation String, turn UInt32, city String, channel String, simulated UInt8,
    sentiment String, score Float32, emotion String,
    scenes Array(String), aspects Array(String), negative_aspects Array(String), mentions String
  ) ENGINE = ReplacingMergeTree PARTITION BY tuple() ORDER BY (tenant, day, id)`,

  `CREATE TABLE IF NOT EXISTS mentions (
    tenant String, day Date, voice_id String, ordinal UInt16, at Int64,
    aspect String, term String, opinion String, polarity String, scene String, quote String,
    start UInt32, end UInt32, confidence Float32,
    source String, kind String, rating01 Nullable(Float32), metric String,
    order_id String, product_id String, merchant_id String, category String, customer_ref String,
    city String, channel String
  ) ENGINE = ReplacingMergeTree PARTITION BY tuple() ORDER BY (tenant, category, day, voice_id, ordinal)`,

  `CREATE TABLE IF NOT EXISTS events (
    tenant String, day Date, id String, at Int64, source String, name String, customer_ref String, session String,
    touchpoint String, order_id String, product_id String, merchant_id String, category String,
    city String, channel String, props String, simulated UInt8
  ) ENGINE = ReplacingMergeTree PARTITION BY tuple() ORDER BY (tenant, day, id)`,

  `CREATE TABLE IF NOT EXISTS orders (
    tenant String, order_id String, line UInt16, version Int64, digest String, removed UInt8, source String,
    product_id String, category String, merchant_id String, customer_ref String, city String, channel String,
    quantity UInt32, amount_minor Int64, currency String,
    ordered_at Int64, ordered_day Date,
    promised_at Nullable(Int64), promised_day Nullable(Date), shipped_at Nullable(Int64),
    delivered_at Nullable(Int64), delivered_day Nullable(Date),
    install_promised_at Nullable(Int64), installed_at Nullable(Int64), install_promised_day Nullable(Date), installed_day Nullable(Date),
    cancelled_at Nullable(Int64), returned_at Nullable(Int64), return_reason String, refund_minor Nullable(Int64),
    facts String, simulated UInt8
  ) ENGINE = ReplacingMergeTree(version) PARTITION BY tuple() ORDER BY (tenant, order_id, line)`,
]
