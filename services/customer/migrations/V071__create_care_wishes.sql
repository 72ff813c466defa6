-- What customers asked for. The birthday is sealed under the customer's key.
CREATE TABLE IF NOT EXISTS care_wishes (
  shop_id         INT UNSIGNED    NOT NULL,
  customer_id     BIGINT UNSIGNED NOT NULL,
  sealed_birthday VARBINARY(200)  NOT NULL,
  no_contact      TINYINT         NOT NULL,
  version         INT UNSIGNED    NOT NULL,
  PRIMARY KEY (shop_id, customer_id)
) ENGINE = InnoDB
