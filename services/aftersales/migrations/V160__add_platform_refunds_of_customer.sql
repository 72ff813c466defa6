-- Serves the export of what is kept of a person.
ALTER TABLE platform_refunds
  ADD KEY IF NOT EXISTS platform_refunds_customer (shop_id, customer_id, object_id);
