-- Never changed: a message names the version that it was filled from.
CREATE TABLE IF NOT EXISTS phrase_versions (
  shop_id    INT UNSIGNED    NOT NULL,
  phrase_id  BIGINT UNSIGNED NOT NULL,
  version    INT UNSIGNED    NOT NULL,
  text       VARCHAR(1000)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  revised_at BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, phrase_id, version)
) ENGINE = InnoDB
