-- Since when care rules match people; a task is made when one begins to.
CREATE TABLE IF NOT EXISTS care_matches (
  shop_id     INT UNSIGNED    NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  rule_code   VARBINARY(40)   NOT NULL,
  since_at    BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, customer_id, rule_code)
) ENGINE = InnoDB
