-- Receivers of orders and whole exports are reveals, too; customer_id is 0 where an order names no
-- customer, and the reason is sealed under the order then. The keys serve limits and lists.
ALTER TABLE contact_reveals
  ADD COLUMN IF NOT EXISTS kind TINYINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN IF NOT EXISTS order_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD KEY IF NOT EXISTS by_account (shop_id, account_id, revealed_at, reveal_id),
  ADD KEY IF NOT EXISTS by_customer (shop_id, customer_id, reveal_id),
  ADD KEY IF NOT EXISTS by_time (shop_id, revealed_at, reveal_id)
