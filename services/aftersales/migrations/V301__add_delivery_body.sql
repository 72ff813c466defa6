-- What an event says whose history is another service's: there is no step that it could be read from.
ALTER TABLE webhook_deliveries
  ADD COLUMN IF NOT EXISTS body VARBINARY(4000) NOT NULL DEFAULT '';
