-- By a keyed hash of the name: people type passwords where the name belongs.
CREATE TABLE IF NOT EXISTS log_in_failures (
  name_hash BINARY(32) NOT NULL,
  failures INT UNSIGNED NOT NULL,
  last_failed_at BIGINT NOT NULL,
  PRIMARY KEY (name_hash),
  KEY log_in_failures_by_time (last_failed_at)
) ENGINE = InnoDB
