-- From when on a delivery's age counts: what waits at a paused webhook is not tried, and not older
-- for it.
ALTER TABLE webhook_deliveries
  ADD COLUMN IF NOT EXISTS first_tried_at BIGINT NULL AFTER queued_at,
  ADD KEY IF NOT EXISTS webhook_deliveries_tried (state, first_tried_at);
