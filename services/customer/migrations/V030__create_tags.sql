-- What a shop says of its customers. A code is never given anew: decisions and history name it.
CREATE TABLE IF NOT EXISTS tags (
  shop_id     INT UNSIGNED  NOT NULL,
  tag_code    VARBINARY(40) NOT NULL,
  tag_group   VARCHAR(40)   CHARACTER SET utf8mb4 NOT NULL,
  colour      VARBINARY(7)  NOT NULL,
  name_zh     VARCHAR(40)   CHARACTER SET utf8mb4 NOT NULL,
  name_en     VARCHAR(60)   CHARACTER SET utf8mb4 NOT NULL,
  meaning_zh  VARCHAR(200)  CHARACTER SET utf8mb4 NOT NULL,
  meaning_en  VARCHAR(200)  CHARACTER SET utf8mb4 NOT NULL,
  expiry_days INT UNSIGNED  NOT NULL,
  by_hand     TINYINT       NOT NULL,
  archived    TINYINT       NOT NULL,
  version     INT UNSIGNED  NOT NULL,
  PRIMARY KEY (shop_id, tag_code)
) ENGINE = InnoDB
