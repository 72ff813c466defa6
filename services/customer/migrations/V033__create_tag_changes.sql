-- Who or what gave and took tags.
CREATE TABLE IF NOT EXISTS tag_changes (
  shop_id      INT UNSIGNED    NOT NULL,
  customer_id  BIGINT UNSIGNED NOT NULL,
  change_id    BIGINT UNSIGNED NOT NULL,
  tag_code     VARBINARY(40)   NOT NULL,
  action       TINYINT         NOT NULL,
  origin       TINYINT         NOT NULL,
  account_id   BIGINT UNSIGNED NOT NULL,
  rule_version INT UNSIGNED    NOT NULL,
  why          VARBINARY(8000) NOT NULL,
  changed_at   BIGINT          NOT NULL,
  expires_at   BIGINT          NULL,
  PRIMARY KEY (shop_id, customer_id, change_id)
) ENGINE = InnoDB
