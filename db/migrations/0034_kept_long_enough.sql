-- The text of an agency's message goes with its case, or when it was kept long enough; that it came stays.
ALTER TABLE "inbox" ALTER COLUMN "body" DROP NOT NULL;
