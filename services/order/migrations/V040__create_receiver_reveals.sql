-- The receiver of an order as a reveal showed it, so that a repeated call shows the same; sealed as
-- in order_contacts. Who saw it, when and why is in the customer service.
CREATE TABLE IF NOT EXISTS receiver_reveals (
  shop_id      INT UNSIGNED     NOT NULL,
  reveal_id    BIGINT UNSIGNED  NOT NULL,
  order_id     BIGINT UNSIGNED  NOT NULL,
  subject_kind TINYINT UNSIGNED NOT NULL,
  subject_id   BIGINT UNSIGNED  NOT NULL,
  sealed       VARBINARY(4096)  NOT NULL,
  revealed_at  BIGINT           NOT NULL,
  PRIMARY KEY (shop_id, reveal_id),
  KEY by_subject (shop_id, subject_kind, subject_id, reveal_id),
  KEY by_order (shop_id, order_id, reveal_id)
) ENGINE = InnoDB
