CREATE TABLE IF NOT EXISTS signing_keys (
  key_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public_key_pem VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sealed_private_key VARBINARY(2000) NOT NULL COMMENT 'wrapped by the master key',
  signs_from BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (key_id)
) ENGINE = InnoDB
