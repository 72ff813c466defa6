-- When the customer service gave leave to contact the customer unasked for the message.
ALTER TABLE messages
  ADD COLUMN IF NOT EXISTS contact_at BIGINT NULL
