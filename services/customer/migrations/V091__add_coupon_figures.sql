-- Coupons given for cases and by care. What was given before is counted by a rebuild.
ALTER TABLE customer_figures
  ADD COLUMN IF NOT EXISTS coupons INT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS last_coupon_at BIGINT NOT NULL DEFAULT 0
