-- Who receives an order: sealed under the customer's key, or the order's own where no customer is
-- known. content_hash (keyed) tells whether a push brings another receiver without opening it.
CREATE TABLE IF NOT EXISTS order_contacts (
  shop_id      INT UNSIGNED     NOT NULL,
  order_id     BIGINT UNSIGNED  NOT NULL,
  subject_kind TINYINT UNSIGNED NOT NULL,
  subject_id   BIGINT UNSIGNED  NOT NULL,
  sealed       VARBINARY(4096)  NOT NULL,
  phone_hash   BINARY(32)       NULL,
  content_hash BINARY(32)       NOT NULL,
  PRIMARY KEY (shop_id, order_id)
) ENGINE = InnoDB
