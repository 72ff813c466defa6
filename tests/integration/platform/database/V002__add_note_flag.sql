-- A quoted ')sql"' and a ; inside a text must not disturb the embedding.
ALTER TABLE notes ADD COLUMN IF NOT EXISTS flag TINYINT NOT NULL DEFAULT 0 COMMENT 'a;b [c] "d" \\ $e'
