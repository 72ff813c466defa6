-- When the person was erased, and as whom: the customer that was named. NULL and 0 for everybody
-- else.
ALTER TABLE customers
  ADD COLUMN IF NOT EXISTS erased_at BIGINT NULL,
  ADD COLUMN IF NOT EXISTS erased_with BIGINT UNSIGNED NOT NULL DEFAULT 0
