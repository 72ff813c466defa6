-- What a kind of case keeps beyond the columns that all kinds share, packed. A refund has columns of
-- its own and leaves it empty; so does a program that does not know it.
ALTER TABLE cases ADD COLUMN IF NOT EXISTS progress VARBINARY(2000) NOT NULL DEFAULT '';
