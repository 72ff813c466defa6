-- What carriers told of parcels. The words may name people: they are sealed like the receiver, and
-- text_hash (keyed) tells a repeat.
CREATE TABLE IF NOT EXISTS parcel_tracks (
  shop_id         INT UNSIGNED     NOT NULL,
  order_id        BIGINT UNSIGNED  NOT NULL,
  tracking_number VARBINARY(256)   NOT NULL,
  track_at        BIGINT           NOT NULL,
  text_hash       BINARY(32)       NOT NULL,
  subject_kind    TINYINT UNSIGNED NOT NULL,
  subject_id      BIGINT UNSIGNED  NOT NULL,
  sealed          VARBINARY(4096)  NOT NULL,
  PRIMARY KEY (shop_id, order_id, track_at, tracking_number, text_hash)
) ENGINE = InnoDB
