-- Coupons that were given for cases, without their codes. Written with their case, under its lock.
CREATE TABLE IF NOT EXISTS customer_coupons (
  shop_id             INT UNSIGNED    NOT NULL,
  case_id             BIGINT UNSIGNED NOT NULL,
  compensation_number INT UNSIGNED    NOT NULL,
  customer_id         BIGINT UNSIGNED NOT NULL COMMENT '0 where none is known',
  case_number         BIGINT UNSIGNED NOT NULL,
  currency            VARCHAR(3)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor        BIGINT          NOT NULL,
  given_at            BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, case_id, compensation_number),
  KEY customer_coupons_by_customer (shop_id, customer_id, given_at, case_id)
) ENGINE = InnoDB
