-- When somebody of the shop last changed receiver, price and memo: a word of the platform that is
-- older does not undo them. memo_hash (keyed, empty for none) tells another memo without opening it.
ALTER TABLE orders
  ADD COLUMN IF NOT EXISTS receiver_at BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS receiver_version INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS price_at BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS memo_at BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS memo_hash VARBINARY(32) NOT NULL DEFAULT ''
