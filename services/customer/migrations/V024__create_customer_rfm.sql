-- The scores of people, under the head of their group, with the version of the bounds.
CREATE TABLE IF NOT EXISTS customer_rfm (
  shop_id         INT UNSIGNED     NOT NULL,
  customer_id     BIGINT UNSIGNED  NOT NULL,
  version         INT UNSIGNED     NOT NULL,
  recency_us      BIGINT           NOT NULL,
  frequency       INT              NOT NULL,
  monetary_minor  BIGINT           NOT NULL,
  recency_score   TINYINT UNSIGNED NOT NULL,
  frequency_score TINYINT UNSIGNED NOT NULL,
  monetary_score  TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, customer_id)
) ENGINE = InnoDB
