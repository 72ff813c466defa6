-- Spent tokens stay until they would have expired, so that using one twice is noticed.
CREATE TABLE IF NOT EXISTS refresh_tokens (
  token_digest BINARY(32) NOT NULL COMMENT 'SHA-256 of 32 random bytes',
  session_id BIGINT UNSIGNED NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  replaced_by BINARY(32) NULL COMMENT 'its successor; NULL while unspent',
  PRIMARY KEY (token_digest),
  KEY refresh_tokens_by_expiry (expires_at)
) ENGINE = InnoDB
