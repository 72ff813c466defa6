-- What was said is sealed under the customer's key, or the conversation's where there is none.
CREATE TABLE IF NOT EXISTS conversation_messages (
  shop_id         INT UNSIGNED     NOT NULL,
  conversation_id BIGINT UNSIGNED  NOT NULL,
  sequence        INT UNSIGNED     NOT NULL,
  message_number  VARCHAR(64)      CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  side            TINYINT UNSIGNED NOT NULL COMMENT 'conversation.h: Side',
  agent_id        BIGINT UNSIGNED  NOT NULL,
  agent_name      VARCHAR(100)     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  sent_at         BIGINT           NOT NULL,
  reply_to        VARCHAR(200)     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  sealed_text     VARBINARY(16100) NOT NULL,
  PRIMARY KEY (shop_id, conversation_id, sequence),
  UNIQUE KEY conversation_messages_number (shop_id, conversation_id, message_number)
) ENGINE = InnoDB
