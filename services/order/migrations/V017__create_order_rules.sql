-- What a shop settles about its orders; 0 means the standard. next_steps has one per line; the salt
-- that a carrier's pushes are signed with is sealed.
CREATE TABLE IF NOT EXISTS order_rules (
  shop_id               INT UNSIGNED NOT NULL,
  stuck_after_hours     INT UNSIGNED NOT NULL,
  reminder_window_hours INT UNSIGNED NOT NULL,
  most_reminders        INT UNSIGNED NOT NULL,
  next_steps            TEXT CHARACTER SET utf8mb4 NOT NULL,
  carrier_salt          VARBINARY(512) NOT NULL,
  version               INT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id)
) ENGINE = InnoDB
