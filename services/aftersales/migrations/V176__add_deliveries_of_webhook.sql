-- The log of a webhook in every state, newest first.
ALTER TABLE webhook_deliveries
  ADD KEY IF NOT EXISTS webhook_deliveries_newest (shop_id, webhook_id, delivery_id);
