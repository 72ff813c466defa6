-- How a shop's customers compare: the bounds of scores, per computation. The newest is in force; a
-- bound is a value of the lists that were cut in five.
CREATE TABLE IF NOT EXISTS rfm_bounds (
  shop_id      INT UNSIGNED    NOT NULL,
  version      INT UNSIGNED    NOT NULL,
  computed_at  BIGINT          NOT NULL,
  as_of_at     BIGINT          NOT NULL,
  currency     VARCHAR(3)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  people       BIGINT          NOT NULL,
  scored_at    BIGINT          NOT NULL COMMENT '0 until everybody has the scores',
  recency_1    BIGINT          NOT NULL COMMENT 'microseconds',
  recency_2    BIGINT          NOT NULL,
  recency_3    BIGINT          NOT NULL,
  recency_4    BIGINT          NOT NULL,
  frequency_1  BIGINT          NOT NULL COMMENT 'paid orders',
  frequency_2  BIGINT          NOT NULL,
  frequency_3  BIGINT          NOT NULL,
  frequency_4  BIGINT          NOT NULL,
  monetary_1   BIGINT          NOT NULL COMMENT 'minor units',
  monetary_2   BIGINT          NOT NULL,
  monetary_3   BIGINT          NOT NULL,
  monetary_4   BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, version)
) ENGINE = InnoDB
