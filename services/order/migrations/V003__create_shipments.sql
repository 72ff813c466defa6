-- Parcels; received_at is 0 while on the way, shipped_at where the source gives no time.
CREATE TABLE IF NOT EXISTS shipments (
  shop_id         INT UNSIGNED    NOT NULL,
  order_id        BIGINT UNSIGNED NOT NULL,
  tracking_number VARBINARY(256)  NOT NULL,
  carrier         VARCHAR(64) CHARACTER SET utf8mb4 NOT NULL,
  shipped_at      BIGINT          NOT NULL,
  received_at     BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, order_id, tracking_number)
) ENGINE = InnoDB
