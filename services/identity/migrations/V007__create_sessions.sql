CREATE TABLE IF NOT EXISTS sessions (
  session_id BIGINT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  client VARCHAR(100) NOT NULL,
  started_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL COMMENT 'of the latest refresh token',
  ended_at BIGINT NULL,
  PRIMARY KEY (session_id),
  KEY sessions_by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
