CREATE TABLE IF NOT EXISTS accounts (
  account_id BIGINT UNSIGNED NOT NULL,
  account_name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  display_name VARCHAR(100) NOT NULL,
  password_hash VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    COMMENT 'Argon2id with its parameters and salt',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id),
  UNIQUE KEY accounts_by_name (account_name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
