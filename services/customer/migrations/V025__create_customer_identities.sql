-- What customers are called besides the nick: open ids of apps, former nicks. A name belongs to one
-- customer; compared byte by byte.
CREATE TABLE IF NOT EXISTS customer_identities (
  shop_id     INT UNSIGNED    NOT NULL,
  kind        VARCHAR(16)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  platform    VARBINARY(32)   NOT NULL,
  name        VARBINARY(512)  NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  linked_at   BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, kind, platform, name),
  KEY identities_by_customer (shop_id, customer_id)
) ENGINE = InnoDB
