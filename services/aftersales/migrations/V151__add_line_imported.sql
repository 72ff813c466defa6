-- What imports of the past have brought of the line, minor units.
ALTER TABLE line_ledger ADD COLUMN IF NOT EXISTS imported BIGINT NOT NULL DEFAULT 0;
