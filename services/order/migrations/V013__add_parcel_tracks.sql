-- Where parcels are. ended is 1 once their order is over; silent_since and untold_since are 0 for
-- parcels that nobody has to look after, so that the two lists read only the others.
ALTER TABLE shipments
  ADD COLUMN IF NOT EXISTS state TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS tracked_at BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS ended TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS told_at BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS told_by BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS silent_since BIGINT
    AS (IF(received_at <> 0 OR ended <> 0, 0, GREATEST(shipped_at, tracked_at))) PERSISTENT,
  ADD COLUMN IF NOT EXISTS untold_since BIGINT
    AS (IF(received_at <> 0 OR ended <> 0 OR told_at <> 0, 0, shipped_at)) PERSISTENT,
  ADD KEY IF NOT EXISTS by_tracking (shop_id, tracking_number, order_id),
  ADD KEY IF NOT EXISTS by_silence (shop_id, silent_since, order_id, tracking_number),
  ADD KEY IF NOT EXISTS by_untold (shop_id, untold_since, order_id, tracking_number)
