CREATE TABLE "sealed_paper" (
	"case_code" text NOT NULL,
	"paper" text NOT NULL,
	"model" "bytea" NOT NULL,
	"certificate" "bytea" NOT NULL,
	"pdf" "bytea" NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sealed_paper_case_code_paper_model_pk" PRIMARY KEY("case_code","paper","model")
);

--> statement-breakpoint
GRANT SELECT, INSERT ON sealed_paper TO app;
