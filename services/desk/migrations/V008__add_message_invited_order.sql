-- The order whose one invitation this is, whichever rule made it; NULL once it is given up. The
-- narrower order_claim, one per rule, stays for the binary before.
ALTER TABLE messages
  ADD COLUMN IF NOT EXISTS invited_order_id BIGINT UNSIGNED NULL AFTER order_claim,
  ADD UNIQUE KEY IF NOT EXISTS unique_invited_order (shop_id, invited_order_id)
