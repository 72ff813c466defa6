-- A snapshot holds the case's two parcels and the task reported on: every text at its limit in
-- letters of four bytes, and every number at its longest, come to about 4,200 bytes.
ALTER TABLE steps MODIFY COLUMN snapshot VARBINARY(6000) NOT NULL;
