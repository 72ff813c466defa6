-- The order's marketplace, fixed at opening. Empty: opened before it was kept.
ALTER TABLE cases ADD COLUMN IF NOT EXISTS platform VARCHAR(32) CHARACTER SET ascii NOT NULL DEFAULT '';
