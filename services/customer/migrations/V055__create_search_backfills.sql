-- How far customers from before searching was possible have been made findable; finished_at is 0
-- until all are.
CREATE TABLE IF NOT EXISTS search_backfills (
  shop_id     INT UNSIGNED    NOT NULL,
  after_id    BIGINT UNSIGNED NOT NULL,
  finished_at BIGINT          NOT NULL,
  PRIMARY KEY (shop_id)
) ENGINE = InnoDB
