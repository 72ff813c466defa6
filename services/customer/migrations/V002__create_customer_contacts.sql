-- Contact data sealed under the customer's key; phone_hash (keyed) finds a customer by phone.
CREATE TABLE IF NOT EXISTS customer_contacts (
  shop_id     INT UNSIGNED    NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  sealed      VARBINARY(4096) NOT NULL,
  phone_hash  BINARY(32)      NULL,
  PRIMARY KEY (shop_id, customer_id),
  KEY by_phone (shop_id, phone_hash, customer_id)
) ENGINE = InnoDB
