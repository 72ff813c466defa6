-- The head of the group that the customer was merged into; 0 for one that stands alone or is a head.
ALTER TABLE customers
  ADD COLUMN IF NOT EXISTS head_id BIGINT UNSIGNED NOT NULL DEFAULT 0
