-- What the order service's events tell of the orders of customers; the newest version only. articles
-- is a message of the first lines' articles.
CREATE TABLE IF NOT EXISTS customer_orders (
  shop_id        INT UNSIGNED    NOT NULL,
  order_id       BIGINT UNSIGNED NOT NULL,
  version        INT UNSIGNED    NOT NULL,
  customer_id    BIGINT UNSIGNED NOT NULL COMMENT '0 where the source names none',
  platform       VARBINARY(32)   NOT NULL,
  order_number   VARBINARY(256)  NOT NULL,
  status         VARCHAR(40)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  currency       VARCHAR(3)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_at     BIGINT          NOT NULL,
  paid_at        BIGINT          NOT NULL COMMENT '0 while unpaid',
  paid_minor     BIGINT          NOT NULL,
  refunded_minor BIGINT          NOT NULL COMMENT 'elsewhere on the platform',
  line_count     INT UNSIGNED    NOT NULL,
  articles       BLOB            NOT NULL,
  PRIMARY KEY (shop_id, order_id),
  KEY customer_orders_by_customer (shop_id, customer_id, ordered_at, order_id)
) ENGINE = InnoDB
