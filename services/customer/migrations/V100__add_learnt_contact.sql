-- Which word of a source the contact is: its keyed hash, and when the source said it. NULL for what
-- was entered by hand. by_learnt finds what a shop keeps no longer.
ALTER TABLE customer_contacts
  ADD COLUMN IF NOT EXISTS learnt_hash BINARY(32) NULL,
  ADD COLUMN IF NOT EXISTS learnt_at   BIGINT     NULL,
  ADD KEY IF NOT EXISTS by_learnt (shop_id, learnt_at, customer_id)
