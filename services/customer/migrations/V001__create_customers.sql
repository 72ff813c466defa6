-- One row per buyer of a marketplace. The nick is VARBINARY: compared byte by byte, as the
-- platform shows it.
CREATE TABLE IF NOT EXISTS customers (
  shop_id     INT UNSIGNED    NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  platform    VARBINARY(32)   NOT NULL,
  nick        VARBINARY(400)  NOT NULL,
  version     INT UNSIGNED    NOT NULL,
  created_at  BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, customer_id),
  UNIQUE KEY by_nick (shop_id, platform, nick)
) ENGINE = InnoDB
