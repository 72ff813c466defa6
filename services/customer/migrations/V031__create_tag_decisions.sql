-- Tags that people set or denied, at the customer row that they meant.
CREATE TABLE IF NOT EXISTS tag_decisions (
  shop_id     INT UNSIGNED    NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  tag_code    VARBINARY(40)   NOT NULL,
  denied      TINYINT         NOT NULL,
  account_id  BIGINT UNSIGNED NOT NULL,
  decided_at  BIGINT          NOT NULL,
  expires_at  BIGINT          NULL,
  PRIMARY KEY (shop_id, customer_id, tag_code)
) ENGINE = InnoDB
