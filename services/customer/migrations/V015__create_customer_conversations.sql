-- What the desk's events tell of conversations with customers; the newest event only. Never texts.
CREATE TABLE IF NOT EXISTS customer_conversations (
  shop_id           INT UNSIGNED     NOT NULL,
  conversation_id   BIGINT UNSIGNED  NOT NULL,
  sequence          INT UNSIGNED     NOT NULL,
  customer_id       BIGINT UNSIGNED  NOT NULL COMMENT '0 where the source names none',
  channel           VARCHAR(32)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  agent_id          BIGINT UNSIGNED  NOT NULL,
  started_at        BIGINT           NOT NULL,
  last_message_at   BIGINT           NOT NULL,
  customer_messages INT UNSIGNED     NOT NULL,
  shop_messages     INT UNSIGNED     NOT NULL,
  ended             TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, conversation_id),
  KEY customer_conversations_by_customer (shop_id, customer_id, started_at, conversation_id)
) ENGINE = InnoDB
