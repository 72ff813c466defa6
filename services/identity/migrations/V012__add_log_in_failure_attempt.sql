-- The attempt that was counted last: a transaction that runs again counts it once.
ALTER TABLE log_in_failures ADD COLUMN IF NOT EXISTS last_attempt BINARY(16) NULL
