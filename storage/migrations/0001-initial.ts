import type { Knex } from 'knex'
import type { ColumnTypes } from '../dialect.ts'

/** The first tables. Times are ISO 8601 text in UTC; `bytes` columns are encrypted. */
export async function createInitialTables(database: Knex, types: ColumnTypes): Promise<void> {
  for (const statement of statements(types)) await database.raw(statement)
}

function statements(types: ColumnTypes): readonly string[] {
  return [...orderTables(types), ...decisionTables(types), ...stockTables(types), ...catalogTables(types), ...operationTables(types)]
}

function orderTables({ text, whole, bytes, serial, tableEnd }: ColumnTypes): readonly string[] {
  return [
    `create table orders (
      order_no ${text} primary key,
      client_id ${text} not null,
      shop ${text} not null,
      platform ${text} not null,
      platform_order_id ${text} not null,
      state ${text} not null,
      purchased_at ${text} not null,
      updated_at ${text} not null,
      ship_by ${text},
      plan_due_at ${text},
      version ${whole} not null,
      content_hash ${text} not null,
      changed_at ${text} not null,
      personal ${bytes} not null,
      document ${text} not null
    ) ${tableEnd}`,
    'create unique index orders_identity on orders (platform_order_id, shop)',
    'create index orders_by_purchase on orders (purchased_at, order_no)',
    'create index orders_by_shop on orders (shop, purchased_at, order_no)',
    'create index orders_by_state on orders (state, purchased_at, order_no)',
    // Holds every column that chooses and sorts, so that only the chosen orders are read.
    `create index orders_due on orders (client_id, plan_due_at, ship_by, purchased_at, order_no) where plan_due_at is not null`,
    `create table payloads (
      payload_id ${serial},
      order_no ${text} not null,
      fingerprint ${text} not null,
      fetched_at ${text} not null,
      payload ${bytes} not null
    ) ${tableEnd}`,
    'create unique index payloads_once on payloads (order_no, fingerprint)',
    `create table order_events (
      order_no ${text} not null,
      sequence ${whole} not null,
      type ${text} not null,
      at ${text} not null,
      data ${text} not null,
      hash ${text} not null,
      primary key (order_no, sequence)
    ) ${tableEnd}`,
    `create table event_chains (
      order_no ${text} primary key,
      length ${whole} not null,
      hash ${text} not null
    ) ${tableEnd}`,
  ]
}

function decisionTables({ text, whole, bytes, serial, tableEnd }: ColumnTypes): readonly string[] {
  return [
    `create table holds (
      hold_id ${serial},
      order_no ${text} not null,
      client_id ${text} not null,
      reason ${text} not null,
      source ${text} not null,
      subject ${text} not null,
      detail ${text} not null,
      release ${text} not null,
      placed_at ${text} not null,
      released_at ${text},
      released_by ${text}
    ) ${tableEnd}`,
    'create unique index holds_open on holds (order_no, reason, subject) where released_at is null',
    'create index holds_open_by_reason on holds (reason, placed_at) where released_at is null',
    'create index holds_by_order on holds (order_no)',
    `create table traces (
      order_no ${text} primary key,
      at ${text} not null,
      trace ${bytes} not null
    ) ${tableEnd}`,
    `create table fulfillment_orders (
      fo_no ${text} primary key,
      order_no ${text} not null,
      sequence ${whole} not null,
      account ${text} not null,
      reference ${text} not null,
      status ${text} not null,
      version ${whole} not null,
      document ${text} not null
    ) ${tableEnd}`,
    'create unique index fulfillment_orders_by_order on fulfillment_orders (order_no, sequence)',
    'create unique index fulfillment_orders_by_reference on fulfillment_orders (account, reference)',
    'create index fulfillment_orders_by_status on fulfillment_orders (account, status)',
    `create table effects (
      effect_key ${text} primary key,
      kind ${text} not null,
      account ${text} not null,
      client_id ${text} not null,
      order_no ${text} not null,
      fo_no ${text},
      payload ${bytes} not null,
      payload_hash ${text} not null,
      state ${text} not null,
      attempt ${whole} not null,
      epoch ${whole} not null,
      probes ${whole} not null,
      absences ${whole} not null,
      remote_id ${text},
      error_code ${text},
      error_message ${text},
      created_at ${text} not null,
      armed_at ${text},
      settled_at ${text},
      verified_at ${text},
      next_attempt_at ${text}
    ) ${tableEnd}`,
    'create index effects_due on effects (account, next_attempt_at) where next_attempt_at is not null',
    'create index effects_by_state on effects (state, created_at)',
    'create index effects_by_order on effects (order_no)',
  ]
}

function stockTables({ text, whole, tableEnd }: ColumnTypes): readonly string[] {
  return [
    `create table stock_levels (
      warehouse ${text} not null,
      wms_sku ${text} not null,
      available ${whole} not null,
      reserved ${whole} not null,
      pending_putaway ${whole} not null,
      in_transit ${whole} not null,
      defective ${whole} not null,
      as_of ${text} not null,
      primary key (warehouse, wms_sku)
    ) ${tableEnd}`,
    `create table stock_snapshots (
      warehouse ${text} primary key,
      as_of ${text} not null
    ) ${tableEnd}`,
    `create table reservations (
      fo_no ${text} not null,
      warehouse ${text} not null,
      wms_sku ${text} not null,
      quantity ${whole} not null,
      accepted_at ${text},
      primary key (fo_no, warehouse, wms_sku)
    ) ${tableEnd}`,
    'create index reservations_by_warehouse on reservations (warehouse, wms_sku)',
  ]
}

function catalogTables({ text, whole, tableEnd }: ColumnTypes): readonly string[] {
  return [
    `create table products (
      sku ${text} primary key,
      document ${text} not null
    ) ${tableEnd}`,
    `create table sku_mappings (
      platform ${text} not null,
      shop ${text} not null,
      channel_sku ${text} not null,
      item_id ${text} not null,
      variant_id ${text} not null,
      targets ${text} not null,
      primary key (platform, shop, channel_sku, item_id, variant_id)
    ) ${tableEnd}`,
    `create table warehouse_skus (
      warehouse ${text} not null,
      sku ${text} not null,
      wms_sku ${text} not null,
      unit_factor ${whole} not null,
      primary key (warehouse, sku)
    ) ${tableEnd}`,
    `create table counters (
      name ${text} primary key,
      value ${whole} not null
    ) ${tableEnd}`,
  ]
}

function operationTables({ text, whole, real, bytes, serial, tableEnd }: ColumnTypes): readonly string[] {
  return [
    `create table cursors (
      account ${text} not null,
      feed ${text} not null,
      position ${text} not null,
      saved_at ${text} not null,
      primary key (account, feed)
    ) ${tableEnd}`,
    `create table rejected_records (
      account ${text} not null,
      record_key ${text} not null,
      platform_order_id ${text},
      reason ${text} not null,
      payload ${bytes} not null,
      first_seen_at ${text} not null,
      last_seen_at ${text} not null,
      primary key (account, record_key)
    ) ${tableEnd}`,
    `create table requests (
      request_id ${text} primary key,
      kind ${text} not null,
      arguments ${bytes} not null,
      created_at ${text} not null,
      finished_at ${text},
      result ${bytes},
      failure ${text}
    ) ${tableEnd}`,
    'create index requests_pending on requests (created_at) where finished_at is null',
    `create table lanes (
      lane ${text} not null,
      account ${text} not null,
      last_started_at ${text},
      last_succeeded_at ${text},
      problem ${text},
      paused_until ${text},
      failures ${whole} not null,
      primary key (lane, account)
    ) ${tableEnd}`,
    `create table sweeps (
      sweep_id ${serial},
      shop ${text} not null,
      window_from ${text} not null,
      window_to ${text} not null,
      started_at ${text} not null,
      finished_at ${text} not null,
      listed ${whole} not null,
      held ${whole} not null,
      gaps ${text} not null
    ) ${tableEnd}`,
    'create index sweeps_latest on sweeps (shop, finished_at)',
    `create table tokens (
      scope ${text} primary key,
      seed_hash ${text} not null,
      token ${bytes} not null
    ) ${tableEnd}`,
    `create table buckets (
      scope ${text} not null,
      operation ${text} not null,
      tokens ${real} not null,
      per_second ${real} not null,
      burst ${real} not null,
      at ${text} not null,
      blocked_until ${text},
      primary key (scope, operation)
    ) ${tableEnd}`,
    `create table key_check (
      name ${text} primary key,
      sealed ${bytes} not null
    ) ${tableEnd}`,
  ]
}
