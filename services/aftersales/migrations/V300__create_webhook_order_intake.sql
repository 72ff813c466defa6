-- Up to which event of the order service an order's receivers were made into deliveries, and how many
-- receivers it had had by then.
CREATE TABLE IF NOT EXISTS webhook_order_intake (
  shop_id INT UNSIGNED NOT NULL,
  order_id BIGINT UNSIGNED NOT NULL,
  taken_sequence INT UNSIGNED NOT NULL,
  receiver_version INT UNSIGNED NOT NULL,
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, order_id),
  KEY webhook_order_intake_age (taken_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
