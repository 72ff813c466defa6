CREATE TABLE IF NOT EXISTS segments (
  shop_id      INT UNSIGNED    NOT NULL,
  segment_code VARBINARY(40)   NOT NULL,
  name_zh      VARCHAR(40)     CHARACTER SET utf8mb4 NOT NULL,
  name_en      VARCHAR(60)     CHARACTER SET utf8mb4 NOT NULL,
  expression   VARBINARY(2000) NOT NULL,
  archived     TINYINT         NOT NULL,
  version      INT UNSIGNED    NOT NULL,
  members      BIGINT UNSIGNED NOT NULL,
  counted_at   BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, segment_code)
) ENGINE = InnoDB
