-- By which products are found: pairs of neighbouring characters of their title.
CREATE TABLE IF NOT EXISTS product_words (
  shop_id    INT UNSIGNED    NOT NULL,
  word       VARBINARY(8)    NOT NULL,
  product_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, word, product_id),
  KEY of_product (shop_id, product_id)
) ENGINE = InnoDB
