-- Hours as domain/calendar_text.h writes them. Rows are never changed.
CREATE TABLE IF NOT EXISTS business_calendars (
  shop_id INT UNSIGNED NOT NULL,
  calendar VARCHAR(64) NOT NULL,
  version INT UNSIGNED NOT NULL,
  effective_at BIGINT NOT NULL,
  week VARCHAR(1000) CHARACTER SET ascii NOT NULL,
  special_days MEDIUMTEXT NOT NULL,
  set_by BIGINT UNSIGNED NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, calendar, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
