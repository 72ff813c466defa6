-- Up to which step a case's events were made into deliveries.
CREATE TABLE IF NOT EXISTS webhook_intake (
  shop_id INT UNSIGNED NOT NULL,
  case_id BIGINT UNSIGNED NOT NULL,
  taken_sequence INT UNSIGNED NOT NULL,
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, case_id),
  KEY webhook_intake_age (taken_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
