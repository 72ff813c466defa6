-- Worker numbers of the ids, held by lease. An installation table: it belongs to no shop.
CREATE TABLE IF NOT EXISTS id_workers (
  worker_number SMALLINT UNSIGNED NOT NULL,
  holder        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  leased_until  BIGINT NOT NULL,
  PRIMARY KEY (worker_number)
) ENGINE = InnoDB
