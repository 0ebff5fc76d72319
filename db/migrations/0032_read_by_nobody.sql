-- Projected, and read by nobody: the state of the case holds all of it.
DROP TABLE "dossier";--> statement-breakpoint
DROP TABLE "dossier_document";--> statement-breakpoint
DROP TABLE "consultation";--> statement-breakpoint
DROP TABLE "opinion";--> statement-breakpoint
DROP TABLE "conference";--> statement-breakpoint
DROP TABLE "ledger_entry";--> statement-breakpoint
DROP TABLE "duty";
