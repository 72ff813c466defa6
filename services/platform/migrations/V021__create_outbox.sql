CREATE TABLE IF NOT EXISTS outbox (
  shard TINYINT UNSIGNED NOT NULL,
  transaction_id BIGINT UNSIGNED NOT NULL,
  recorded_at BIGINT NOT NULL,
  refs MEDIUMBLOB NOT NULL,
  PRIMARY KEY (shard, transaction_id)
) ENGINE = InnoDB
