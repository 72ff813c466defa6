-- Where a shop's own sender listens. The secret is sealed under a key of the channel's own.
CREATE TABLE IF NOT EXISTS http_channels (
  shop_id       INT UNSIGNED    NOT NULL,
  version       INT UNSIGNED    NOT NULL,
  url           VARCHAR(2000)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  sealed_secret VARBINARY(256)  NOT NULL,
  updated_at    BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, version)
) ENGINE = InnoDB
