ALTER TABLE "case_fact" DROP COLUMN "as_of_seq";--> statement-breakpoint
ALTER TABLE "procedure" DROP COLUMN "as_of_seq";--> statement-breakpoint
ALTER TABLE "trial" DROP COLUMN "as_of_seq";