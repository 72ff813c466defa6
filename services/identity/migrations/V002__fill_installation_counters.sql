INSERT IGNORE INTO installation_counters (counter_name, counter_value)
VALUES ('shop_id', 0), ('directory_version', 0), ('key_rotations', 0)
