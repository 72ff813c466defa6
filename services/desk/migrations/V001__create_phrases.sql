-- A shop's text templates; the texts are in phrase_versions. The language is part of the name.
CREATE TABLE IF NOT EXISTS phrases (
  shop_id    INT UNSIGNED    NOT NULL,
  phrase_id  BIGINT UNSIGNED NOT NULL,
  language   CHAR(2)         CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name       VARCHAR(80)     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  version    INT UNSIGNED    NOT NULL,
  archived   TINYINT UNSIGNED NOT NULL,
  created_at BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, phrase_id),
  UNIQUE KEY unique_phrase_name (shop_id, language, name)
) ENGINE = InnoDB
