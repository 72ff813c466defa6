-- The version counts the conversation's events.
CREATE TABLE IF NOT EXISTS conversations (
  shop_id           INT UNSIGNED    NOT NULL,
  conversation_id   BIGINT UNSIGNED NOT NULL,
  source            VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_number     VARCHAR(100)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  channel           VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  customer_id       BIGINT UNSIGNED NOT NULL,
  agent_id          BIGINT UNSIGNED NOT NULL,
  started_at        BIGINT          NOT NULL,
  last_message_at   BIGINT          NOT NULL,
  customer_messages INT UNSIGNED    NOT NULL,
  shop_messages     INT UNSIGNED    NOT NULL,
  version           INT UNSIGNED    NOT NULL,
  PRIMARY KEY (shop_id, conversation_id),
  UNIQUE KEY conversations_source (shop_id, source, source_number),
  KEY conversations_latest (shop_id, last_message_at, conversation_id),
  KEY conversations_of_customer (shop_id, customer_id, last_message_at, conversation_id)
) ENGINE = InnoDB
