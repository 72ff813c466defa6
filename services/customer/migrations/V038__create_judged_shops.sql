-- Shops with definitions of tags, rules, segments or care. The row is locked by whoever changes
-- one, so that rules are checked against each other one after another; version counts the changes.
-- swept_to: everybody up to this customer was made due since the last change; NULL: all were.
CREATE TABLE IF NOT EXISTS judged_shops (
  shop_id  INT UNSIGNED    NOT NULL,
  version  BIGINT UNSIGNED NOT NULL,
  swept_to BIGINT UNSIGNED NULL,
  PRIMARY KEY (shop_id)
) ENGINE = InnoDB
