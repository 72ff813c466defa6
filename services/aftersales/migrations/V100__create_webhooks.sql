-- Addresses that a shop has told of events, and how they have answered of late.
CREATE TABLE IF NOT EXISTS webhooks (
  shop_id INT UNSIGNED NOT NULL,
  webhook_id BIGINT UNSIGNED NOT NULL,
  title VARCHAR(100) NOT NULL,
  url VARCHAR(2000) NOT NULL,
  -- Types and patterns, separated by spaces.
  event_types VARCHAR(3400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state TINYINT UNSIGNED NOT NULL,
  pause_reason TINYINT UNSIGNED NOT NULL,
  pause_detail VARCHAR(200) NOT NULL,
  paused_at BIGINT NULL,
  secret VARBINARY(200) NOT NULL,
  secret_number INT UNSIGNED NOT NULL,
  previous_secret VARBINARY(200) NULL,
  previous_until_at BIGINT NULL,
  failures INT UNSIGNED NOT NULL,
  failing_since_at BIGINT NULL,
  held_until_at BIGINT NULL,
  version INT UNSIGNED NOT NULL,
  created_by BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, webhook_id),
  KEY webhooks_state (state, shop_id, webhook_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
