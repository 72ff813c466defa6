-- Keyed hash of name and address without their spelling: finds two customers at one door.
ALTER TABLE customer_contacts
  ADD COLUMN IF NOT EXISTS place_hash BINARY(32) NULL,
  ADD KEY IF NOT EXISTS by_place (shop_id, place_hash, customer_id)
