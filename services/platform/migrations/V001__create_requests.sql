-- Answers of ordinary writes by request_id, so that a repeat gets the first answer.
CREATE TABLE IF NOT EXISTS requests (
  shop_id     INT UNSIGNED NOT NULL,
  origin      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_id  VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  digest      BINARY(32) NOT NULL,
  answer      MEDIUMBLOB NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, origin, request_id)
) ENGINE = InnoDB
