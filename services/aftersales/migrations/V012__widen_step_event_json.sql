-- JSON writes a control character as six letters, so that a payment's reason takes up to 1,200.
ALTER TABLE steps MODIFY COLUMN event_json VARCHAR(2000) NOT NULL;
