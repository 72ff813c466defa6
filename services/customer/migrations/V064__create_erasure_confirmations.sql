-- One row per erasure and service that keeps personal data; confirmed_at is NULL until that service
-- has destroyed it.
CREATE TABLE IF NOT EXISTS erasure_confirmations (
  shop_id      INT UNSIGNED    NOT NULL,
  customer_id  BIGINT UNSIGNED NOT NULL,
  service      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  confirmed_at BIGINT          NULL,
  PRIMARY KEY (shop_id, customer_id, service)
) ENGINE = InnoDB
