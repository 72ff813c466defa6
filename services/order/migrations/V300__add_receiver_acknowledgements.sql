-- Which receiver a change of kind 2 (address) made, and whether a warehouse knows of it. It has to be
-- told of those that came before a parcel had left.
ALTER TABLE order_changes
  ADD COLUMN IF NOT EXISTS receiver_version INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS unknown_to_warehouse TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS acknowledged_at BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS acknowledged_by BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD KEY IF NOT EXISTS by_unknown
    (shop_id, unknown_to_warehouse, changed_at, order_id, change_number)
