-- Numbers handed out under a row lock: the next shop, the directory's version; and the row that
-- key rotation locks.
CREATE TABLE IF NOT EXISTS installation_counters (
  counter_name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  counter_value BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (counter_name)
) ENGINE = InnoDB
