CREATE TABLE IF NOT EXISTS event_reconciliations (
  consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reconciled_at BIGINT NOT NULL,
  PRIMARY KEY (consumer, source)
) ENGINE = InnoDB
