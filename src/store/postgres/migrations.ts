import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Every migration in order; never edit one that has been released, add the next. */
export const migrations: Record<string, Migration> = {
  '0001_spine': { up: (db) => run(db, spine) },
  '0002_own_words': { up: (db) => run(db, ownWords) },
  '0003_amendments': { up: (db) => run(db, amendments) },
  '0004_llm': { up: (db) => run(db, llm) },
  '0005_pack_versions': { up: (db) => run(db, packVersions) },
  '0006_connections': { up: (db) => run(db, connections) },
  '0007_surveys': { up: (db) => run(db, surveys) },
  '0008_privacy': { up: (db) => run(db, privacy) },
  '0009_intake': { up: (db) => run(db, intake) },
  '0010_sdk': { up: (db) => run(db, sdk) },
  '0011_resume': { up: (db) => run(db, resume) },
  '0012_funnels': { up: (db) => run(db, funnels) },
  '0013_alerts': { up: (db) => run(db, alerts) },
  '0014_indicators': { up: (db) => run(db, indicators) },
  '0015_modules': { up: (db) => run(db, modules) },
  '0016_retired_indicators': { up: (db) => run(db, retiredIndicators) },
  '0017_order_returns': { up: (db) => run(db, orderReturns) },
  '0018_module_figures': { up: (db) => run(db, moduleFigures) },
  '0019_channels': { up: (db) => run(db, channels) },
  '0020_import_progress': { up: (db) => run(db, importProgress) },
  '0021_tenant_names': { up: (db) => run(db, tenantNames) },
  '0022_import_times': { up: (db) => run(db, importTimes) },
  '0023_intervention_names': { up: (db) => run(db, interventionNames) },
}

const spine = [
  `create table tenants (
    id text primary key, name text not null, zone text not null, simulated boolean not null default false,
    settings jsonb not null default '{}', created_at timestamptz not null default now())`,
  `insert into tenants (id, name, zone, simulated) values
    ('demo', '演示商城', 'Asia/Shanghai', true), ('main', '我的店铺', 'Asia/Shanghai', false)`,
  `create table members (
    tenant text not null references tenants(id), user_id text not null, role text not null,
    created_at timestamptz not null default now(), primary key (tenant, user_id))`,
  `create table api_keys (
    id text primary key, tenant text not null references tenants(id), name text not null, hash text not null unique,
    created_at timestamptz not null default now(), revoked_at timestamptz)`,
  `create table inbox (
    id bigint generated always as identity primary key, tenant text not null, kind text not null, source text not null,
    idempotency_key text, body_hash text, records text not null, count integer not null, answer jsonb not null,
    received_at timestamptz not null default now(), read_at timestamptz, attempts integer not null default 0)`,
  'create unique index inbox_idempotency on inbox (tenant, idempotency_key) where idempotency_key is not null',
  'create index inbox_unread on inbox (id) where read_at is null',
  `create table dead_letters (
    id bigint generated always as identity primary key, tenant text not null, source text not null, kind text not null,
    import_id text, place integer not null, field text not null, reason text not null, record text not null,
    received_at timestamptz not null default now(), replayed_at timestamptz)`,
  'create index dead_letters_tenant on dead_letters (tenant, id desc)',
  `create unique index dead_letters_once on dead_letters (tenant, source, kind, md5(record), place) where replayed_at is null`,
  `create table imports (
    tenant text not null, id text not null, source text not null, file text not null, started_at timestamptz not null default now(),
    finished_at timestamptz, rows integer not null default 0, kept integer not null default 0, dead integer not null default 0,
    primary key (tenant, id))`,
  `create table products (
    tenant text not null, id text not null, title text not null, category text not null, merchant_id text not null,
    merchant_name text not null, attributes jsonb not null default '{}', primary key (tenant, id))`,
  `create table findings (
    tenant text not null, id text not null, outcome text not null, category text not null, factor text not null,
    aspect text not null, scene text not null, driver jsonb not null, rank integer not null, current boolean not null default true,
    first_seen_at timestamptz not null default now(), checked_at timestamptz not null default now(), primary key (tenant, id))`,
  `create table tickets (
    tenant text not null, id bigint generated always as identity, finding_id text, title jsonb not null, department text not null,
    state text not null default 'open', created_by text not null, created_at timestamptz not null default now(),
    first_answer_due_at timestamptz not null, close_due_at timestamptz not null,
    first_answered_at timestamptz, closed_at timestamptz, primary key (tenant, id))`,
  `create unique index tickets_open_once on tickets (tenant, finding_id) where state <> 'closed' and finding_id is not null`,
  `create table ticket_changes (
    id bigint generated always as identity primary key, tenant text not null, ticket_id bigint not null,
    at timestamptz not null default now(), actor text not null, from_state text not null, to_state text not null, note text not null default '')`,
  'create index ticket_changes_ticket on ticket_changes (tenant, ticket_id, id)',
  `create table interventions (
    tenant text not null, id text not null, finding_id text, what text not null, outcome text not null, category text not null,
    at timestamptz not null, product_ids jsonb not null, margin double precision not null, simulated boolean not null default false,
    created_by text not null, created_at timestamptz not null default now(), primary key (tenant, id))`,
]

/** What a tenant adds to the packs: words that a person accepted (or turned down for good), and packs of its own. */
const ownWords = [
  `create table own_words (
    tenant text not null, pack text not null, word text not null, verdict text not null, place text not null, list text not null,
    evidence jsonb not null default '{}', decided_by text not null, decided_at timestamptz not null default now(),
    primary key (tenant, pack, word))`,
  `create table own_packs (
    tenant text not null, id text not null, body jsonb not null, changed_by text not null,
    changed_at timestamptz not null default now(), primary key (tenant, id))`,
  `create table rereads (
    tenant text not null, id bigint generated always as identity, word text not null, total integer not null default 0,
    done integer not null default 0, after text not null default '', pending text, started_at timestamptz not null default now(),
    finished_at timestamptz, primary key (tenant, id))`,
  'create index rereads_open on rereads (id) where finished_at is null',
]

/** What a person or a language model made of a voice beyond the fast reading, and every correction that was ever made. */
const amendments = [
  `create table amendments (
    tenant text not null, voice_id text not null, day text not null, base jsonb not null, model jsonb, person jsonb,
    version integer not null default 1, stored_version integer not null default 0, primary key (tenant, voice_id, day))`,
  'create index amendments_waiting on amendments (tenant) where version <> stored_version',
  `create table corrections (
    id bigint generated always as identity primary key, tenant text not null, voice_id text not null, day text not null,
    at timestamptz not null default now(), actor text not null, change jsonb not null, before jsonb not null, after jsonb not null,
    undoes bigint)`,
  'create index corrections_voice on corrections (tenant, voice_id, day, id)',
  `create function corrections_are_kept() returns trigger language plpgsql as
    $$ begin raise exception 'corrections are only ever added to'; end $$`,
  `create trigger corrections_are_kept before update on corrections
    for each row execute function corrections_are_kept()`,
]

/** The language model that unsure voices may go to: settings, what was spent a day, its answers, what it made of which voice. */
const llm = [
  `create table llm_settings (
    tenant text primary key references tenants(id), enabled boolean not null default false, base_url text not null, model text not null,
    key_sealed text, requests_per_day integer not null, tokens_per_day integer not null, threshold double precision not null,
    updated_at timestamptz not null default now(), updated_by text not null,
    failures integer not null default 0, last_error jsonb, last_error_at timestamptz, paused_until timestamptz)`,
  `create table llm_days (
    tenant text not null, day text not null, requests integer not null default 0, tokens integer not null default 0,
    primary key (tenant, day))`,
  `create table llm_answers (
    tenant text not null, key text not null, answer jsonb, refusal text, at timestamptz not null default now(), primary key (tenant, key))`,
  `create table llm_readings (
    tenant text not null, voice_id text not null, day text not null, key text not null, asked boolean not null, refusal text,
    sentiment boolean not null, added integer not null, dropped integer not null, turned integer not null,
    at timestamptz not null default now(), primary key (tenant, voice_id, day))`,
]

/** Every version of a tenant's own packs as it was written, with its gold cases; a null text is a version without the pack. */
const packVersions = [
  `create table own_pack_versions (
    tenant text not null, id text not null, version integer not null, text text, gold text not null default '',
    changed_by text not null, changed_at timestamptz not null default now(), primary key (tenant, id, version))`,
]

/** Systems that send to us or are asked by us, and keys that may do no more than their sender needs. */
const connections = [
  `create table connections (
    id text primary key, tenant text not null references tenants(id), source text not null, way text not null, name text not null,
    secrets_sealed text not null, settings jsonb not null default '{}', paused boolean not null default false,
    created_by text not null, created_at timestamptz not null default now(), cursor text, next_at timestamptz,
    deliveries bigint not null default 0, kept bigint not null default 0, last_at timestamptz,
    failures integer not null default 0, problem jsonb, problem_at timestamptz)`,
  'create index connections_tenant on connections (tenant, created_at)',
  'create index connections_due on connections (next_at) where next_at is not null and not paused',
  `alter table api_keys add column scope text not null default 'write', add column source text, add column expires_at timestamptz,
    add column used_at timestamptz`,
]

/** Keys under which web pages send events. They stand in the pages' source, so they are no secrets. */
const sdk = [
  `create table collect_keys (
    tenant text not null references tenants(id), id text not null, name text not null, key text not null unique, origins jsonb not null,
    created_at timestamptz not null default now(), revoked_at timestamptz, last_at timestamptz,
    kept bigint not null default 0, refused bigint not null default 0, last_refusal jsonb, primary key (tenant, id))`,
]

/**
 * Surveys with every version of what they ask, whom they invited, and what was answered. `slot` is what may answer once: an invitation,
 * or a page that was opened. `owing` marks what the rest of the product has not been told yet.
 */
const surveys = [
  `create table surveys (
    tenant text not null references tenants(id), id text not null, key text not null unique, state text not null default 'draft',
    version integer not null default 1, rule jsonb, origins jsonb not null default '[]', once boolean not null default true,
    created_by text not null, created_at timestamptz not null, live_since timestamptz, primary key (tenant, id))`,
  `create table survey_versions (
    tenant text not null, survey_id text not null, version integer not null, definition jsonb not null, changed_by text not null,
    changed_at timestamptz not null, primary key (tenant, survey_id, version),
    foreign key (tenant, survey_id) references surveys (tenant, id))`,
  `create table survey_invitations (
    tenant text not null, id text not null, survey_id text not null, occasion text not null, customer_ref text not null,
    order_id text not null, product_id text not null, merchant_id text not null, category text not null, city text not null,
    value_minor bigint, currency text not null, new_customer boolean, invited_at timestamptz not null, expires_at timestamptz not null,
    handed_out_at timestamptz, primary key (tenant, id), unique (tenant, survey_id, occasion))`,
  'create index survey_invitations_customer on survey_invitations (tenant, customer_ref, invited_at desc)',
  `create table survey_responses (
    tenant text not null, survey_id text not null, id text not null, slot text not null, version integer not null,
    state text not null, invitation_id text, answers jsonb not null default '{}', language text not null, channel text not null,
    shown_at timestamptz not null, started_at timestamptz, saved_at timestamptz not null, completed_at timestamptz,
    settled_at timestamptz, settled_with jsonb, owing boolean not null default true, primary key (tenant, id), unique (tenant, survey_id, slot))`,
  'create index survey_responses_owing on survey_responses (saved_at) where owing',
  `create index survey_responses_open on survey_responses (saved_at) where settled_at is null and state = 'partial'`,
  `create table survey_quotas (
    tenant text not null, survey_id text not null, quota_id text not null, n integer not null default 0,
    primary key (tenant, survey_id, quota_id))`,
]

/** Batches are written once, read once and soon forgotten: packing them cost more time than all the rest of the way in. */
const intake = ['alter table inbox alter column records set storage external']

/**
 * Originals are what was masked, sealed, where a tenant asked for them; whoever looks at one is written down. Requests say what was
 * exported or erased, in numbers alone. A refused customer is a keyed hash: what asked to be forgotten is not remembered by name.
 */
const privacy = [
  `create table originals (
    tenant text not null, kind text not null, record_id text not null, day text not null, customer_ref text not null,
    sealed text not null, kept_at timestamptz not null default now(), keep_until timestamptz not null,
    primary key (tenant, kind, record_id, day))`,
  'create index originals_customer on originals (tenant, customer_ref)',
  'create index originals_until on originals (keep_until)',
  `create table original_looks (
    id bigint generated always as identity primary key, tenant text not null, at timestamptz not null default now(), actor text not null,
    reason text not null, kind text not null, record_id text not null, found boolean not null)`,
  'create index original_looks_tenant on original_looks (tenant, id desc)',
  `create table privacy_requests (
    id bigint generated always as identity primary key, tenant text not null, at timestamptz not null default now(), actor text not null,
    what text not null, orders_kept boolean not null default false, refuse_later boolean not null default false,
    counts jsonb not null)`,
  'create index privacy_requests_tenant on privacy_requests (tenant, id desc)',
  `create table refused_customers (
    tenant text not null, customer_hash text not null, since timestamptz not null default now(), primary key (tenant, customer_hash))`,
]

/** An import that was broken off is gone on with; what was read is swept out of the inbox after some days. */
const resume = [
  `alter table imports add column fingerprint text not null default '', add column safe_rows integer not null default 0`,
  'create index imports_fingerprint on imports (tenant, fingerprint, started_at desc)',
  'create index inbox_read on inbox (read_at) where read_at is not null',
]

/** Funnels that people put together and keep. */
const funnels = [
  `create table funnels (
    tenant text not null references tenants(id), id text not null, name text not null, definition jsonb not null,
    changed_by text not null, changed_at timestamptz not null, primary key (tenant, id))`,
]

/**
 * Rules hold what was changed of the built-in ones and what was added. Alarms are the steps of series that called for somebody, each once;
 * an incident is what has one cause. Changes say what people and the watch did with it.
 */
const alerts = [
  `create table alert_rules (
    tenant text not null, id text not null, body jsonb not null, judged_from timestamptz, snoozed_until timestamptz, gone boolean not null default false,
    changed_by text not null, changed_at timestamptz not null default now(), primary key (tenant, id))`,
  `create table alert_rounds (
    tenant text primary key, judged_until timestamptz not null, series integer not null, at timestamptz not null default now())`,
  `create table alert_incidents (
    tenant text not null, id text not null, rule_id text not null, direction text not null, state text not null, since timestamptz not null,
    last_at timestamptz not null, found_at timestamptz not null, past boolean not null, snoozed_until timestamptz,
    false_alarm boolean not null default false, acknowledged_by text, ticket_id text,
    created_at timestamptz not null default now(), primary key (tenant, id))`,
  'create index alert_incidents_open on alert_incidents (tenant, state, last_at desc)',
  `create table alert_alarms (
    tenant text not null, rule_id text not null, dimension text not null, segment text not null, at timestamptz not null, incident_id text not null,
    found_at timestamptz not null, continuing boolean not null, verdict jsonb not null, primary key (tenant, rule_id, dimension, segment, at))`,
  'create index alert_alarms_incident on alert_alarms (tenant, incident_id)',
  `create table alert_changes (
    id bigint generated always as identity primary key, tenant text not null, incident_id text not null, at timestamptz not null default now(),
    actor text not null, what text not null, note text not null default '')`,
  'create index alert_changes_incident on alert_changes (tenant, incident_id, id)',
  `create table alert_mutes (
    tenant text not null, rule_id text not null, dimension text not null, segment text not null, until timestamptz, by_actor text not null,
    at timestamptz not null default now(), primary key (tenant, rule_id, dimension, segment))`,
]

/** Indicators that people put together and keep. */
const indicators = [
  `create table indicators (
    tenant text not null references tenants(id), id text not null, definition jsonb not null,
    changed_by text not null, changed_at timestamptz not null, primary key (tenant, id))`,
]

/** One that is retired is listed no more. */
const retiredIndicators = ['alter table indicators add column retired_at timestamptz']

/** What people set out to reach in each module, who answers for it, how both changed, and what its reviews came to. */
const modules = [
  `create table module_targets (
    tenant text not null references tenants(id), module text not null, kpi text not null, value double precision not null,
    stretch double precision, by_day text, primary key (tenant, module, kpi))`,
  `create table module_owners (
    tenant text not null references tenants(id), module text not null, department text not null, person text not null,
    primary key (tenant, module))`,
  `create table module_changes (
    id bigint generated always as identity primary key, tenant text not null, module text not null, kpi text not null,
    at timestamptz not null, actor text not null, before jsonb, after jsonb)`,
  'create index module_changes_module on module_changes (tenant, module, id desc)',
  `create table module_notes (
    tenant text not null references tenants(id), id text not null, module text not null, from_day text not null, to_day text not null,
    text text not null, decisions jsonb not null, ticket_ids jsonb not null, author text not null, at timestamptz not null,
    primary key (tenant, id))`,
  'create index module_notes_module on module_notes (tenant, module, at desc)',
]

/** Indicators of its own by which a tenant steers a module too. */
const moduleFigures = [
  `create table module_figures (
    tenant text not null references tenants(id), module text not null, indicator text not null, added_at timestamptz not null,
    primary key (tenant, module, indicator))`,
]

/** What events say of returns, by the order that they are of: it may come later than they. */
const orderReturns = [
  `create table order_returns (
    tenant text not null, order_id text not null, event_id text not null, word jsonb not null, primary key (tenant, order_id, event_id))`,
]

/** Where messages are sent, and what is on its way there. */
const channels = [
  `create table channels (
    tenant text not null references tenants(id), id text not null, way text not null, name text not null, sealed text not null,
    telling jsonb not null, paused boolean not null default false, created_by text not null, created_at timestamptz not null,
    primary key (tenant, id))`,
  `create table postings (
    id bigint generated always as identity primary key, tenant text not null, channel text not null, news text not null,
    message jsonb not null, state text not null default 'waiting', attempts integer not null default 0, next_at timestamptz not null,
    problem jsonb, made_at timestamptz not null, done_at timestamptz, unique (tenant, channel, news), foreign key (tenant, channel) references channels (tenant, id) on delete cascade)`,
  `create index postings_due on postings (next_at) where state = 'waiting'`,
]

/** How far an import came, in bytes of its file. */
const importProgress = ['alter table imports add column size bigint, add column bytes bigint not null default 0']

/** The tenants that come with the product are called something in English too. */
const tenantNames = [
  'alter table tenants add column name_en text',
  `update tenants set name_en = 'Demo mall' where id = 'demo' and name = '演示商城'`,
  `update tenants set name_en = 'My shop' where id = 'main' and name = '我的店铺'`,
]

/** The times that were given for rows that have none: the same file, given again with others, would come twice. */
const importTimes = [`alter table imports add column times jsonb not null default '{}'`]

/** A change that comes with the demo market is called something in English too. */
const interventionNames = [
  'alter table interventions add column what_en text',
  `update interventions set what_en = 'A quieter fan' where tenant = 'demo' and what = '换用低噪风扇'`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration runs before any table type is true
async function run(db: Kysely<any>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
