-- How agents work, and who is on shift. Accounts, roles and limits are identity's.
CREATE TABLE IF NOT EXISTS agents (
  shop_id INT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  team VARCHAR(40) NOT NULL,
  -- Separated by spaces; empty: every kind.
  kinds VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  most_open_cases INT UNSIGNED NOT NULL,
  on_shift BOOLEAN NOT NULL,
  shift_ends_at BIGINT NULL,
  version INT UNSIGNED NOT NULL,
  changed_by BIGINT UNSIGNED NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, account_id),
  KEY agents_on_shift (on_shift, shop_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
