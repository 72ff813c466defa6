-- Which step of a case makes which message; an empty column matches everything.
CREATE TABLE IF NOT EXISTS notification_rules (
  shop_id        INT UNSIGNED     NOT NULL,
  rule_code      VARCHAR(40)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_kind      VARCHAR(32)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event          VARCHAR(64)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state          VARCHAR(64)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outcome        VARCHAR(32)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phrase_id      BIGINT UNSIGNED  NOT NULL,
  channel        TINYINT UNSIGNED NOT NULL COMMENT 'message.h: ChannelKind',
  delay_us       BIGINT           NOT NULL,
  quiet_days     INT UNSIGNED     NOT NULL,
  minimum_score  INT UNSIGNED     NOT NULL,
  invites_review TINYINT UNSIGNED NOT NULL,
  version        INT UNSIGNED     NOT NULL,
  enabled_at     BIGINT           NULL COMMENT 'since when it is on; NULL: off',
  PRIMARY KEY (shop_id, rule_code),
  KEY rules_by_phrase (shop_id, phrase_id)
) ENGINE = InnoDB
