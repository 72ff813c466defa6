-- Finds orders by their receiver's phone. The hash is on the row already, so that nothing has to be
-- filled in, and what erases the row's hash erases this.
ALTER TABLE order_contacts
  ADD INDEX IF NOT EXISTS by_phone (shop_id, phone_hash, order_id)
