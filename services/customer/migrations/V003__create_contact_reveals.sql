-- Who saw whose contact data in clear, when and why. Reason and contact are sealed under the
-- customer's key: the contact as it was shown, so that a repeated call shows the same.
CREATE TABLE IF NOT EXISTS contact_reveals (
  shop_id        INT UNSIGNED    NOT NULL,
  reveal_id      BIGINT UNSIGNED NOT NULL,
  customer_id    BIGINT UNSIGNED NOT NULL,
  account_id     BIGINT UNSIGNED NOT NULL,
  client         VARCHAR(100) CHARACTER SET utf8mb4 NOT NULL,
  sealed_reason  VARBINARY(1024) NOT NULL,
  sealed_contact VARBINARY(4096) NOT NULL,
  revealed_at    BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, reveal_id)
) ENGINE = InnoDB
