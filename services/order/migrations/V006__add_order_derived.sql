-- derived has a bit per part that the source did not give; details_hash (keyed, empty for none) tells
-- whether a push brings other details without opening them.
ALTER TABLE orders
  ADD COLUMN IF NOT EXISTS derived TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS details_hash VARBINARY(32) NOT NULL DEFAULT ''
