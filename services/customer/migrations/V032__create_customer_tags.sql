-- The tags that people (heads of groups) have, by hand (1) or by rule (2), as they were last judged;
-- why: the facts that decided a rule.
CREATE TABLE IF NOT EXISTS customer_tags (
  shop_id      INT UNSIGNED    NOT NULL,
  customer_id  BIGINT UNSIGNED NOT NULL,
  tag_code     VARBINARY(40)   NOT NULL,
  origin       TINYINT         NOT NULL,
  rule_version INT UNSIGNED    NOT NULL,
  why          VARBINARY(8000) NOT NULL,
  since_at     BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, customer_id, tag_code),
  KEY customers_of_tag (shop_id, tag_code, customer_id)
) ENGINE = InnoDB
