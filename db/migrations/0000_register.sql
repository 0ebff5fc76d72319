CREATE TABLE "agency" (
	"code" text PRIMARY KEY NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"data" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agency_request" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"scope" text NOT NULL,
	"step" text NOT NULL,
	"attempt" integer NOT NULL,
	"case_code" text NOT NULL,
	"agency" text,
	"system" text NOT NULL,
	"kind" text NOT NULL,
	"correlation_id" text NOT NULL,
	"status" text DEFAULT 'created' NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"answer" jsonb,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"called_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "agency_request_status" CHECK ("agency_request"."status" in ('created', 'called', 'accepted', 'answered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "calendar" (
	"code" text NOT NULL,
	"version" integer NOT NULL,
	"data" json NOT NULL,
	CONSTRAINT "calendar_code_version_pk" PRIMARY KEY("code","version")
);
--> statement-breakpoint
CREATE TABLE "case_agency" (
	"agency" text NOT NULL,
	"case_code" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"breached" boolean NOT NULL,
	CONSTRAINT "case_agency_case_code_agency_pk" PRIMARY KEY("case_code","agency")
);
--> statement-breakpoint
CREATE TABLE "case_event" (
	"epoch" integer NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"id" bigserial NOT NULL,
	"case_code" text NOT NULL,
	"seq" integer NOT NULL,
	"scope" text NOT NULL,
	"type" text NOT NULL,
	"actor" jsonb NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"canonical" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"prev_hash" "bytea" NOT NULL,
	CONSTRAINT "case_event_case_code_seq_pk" PRIMARY KEY("case_code","seq")
);
--> statement-breakpoint
CREATE TABLE "case_head" (
	"code" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"seq" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"state" json,
	"status" text NOT NULL,
	"lane" text NOT NULL,
	"pathway" text NOT NULL,
	"investor" text NOT NULL,
	"managed" boolean NOT NULL,
	"law_at" date,
	"opened_at" timestamp with time zone,
	"last_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"due_date" date,
	"breached_on" date,
	"mandatory_total" integer DEFAULT 0 NOT NULL,
	"mandatory_approved" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "case_head_kind" CHECK ("case_head"."kind" in ('green-lane')),
	CONSTRAINT "case_head_status" CHECK ("case_head"."status" in ('open', 'approved', 'refused', 'withdrawn')),
	CONSTRAINT "case_head_lane" CHECK ("case_head"."lane" in ('green', 'standard', 'undecided')),
	CONSTRAINT "case_head_pathway" CHECK ("case_head"."pathway" in ('standard', 'special', 'strategic'))
);
--> statement-breakpoint
CREATE TABLE "catalogue_rules" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"as_of" date NOT NULL,
	"calendar" text NOT NULL,
	"rules" json NOT NULL,
	CONSTRAINT "catalogue_rules_one_row" CHECK ("catalogue_rules"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "chain_root" (
	"number" integer PRIMARY KEY NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"root" "bytea" NOT NULL,
	"previous" "bytea" NOT NULL,
	"heads" integer NOT NULL,
	"epoch" integer NOT NULL,
	"xid" "xid8" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clock" (
	"scope" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"procedure" text NOT NULL,
	"agency" text NOT NULL,
	"state" text NOT NULL,
	"budget_amount" integer NOT NULL,
	"budget_unit" text NOT NULL,
	"due_date" date,
	"due_if_returned" date,
	"breached_on" date,
	"printed_due_date" date,
	"promised_date" date,
	CONSTRAINT "clock_state" CHECK ("clock"."state" in ('running', 'suspended', 'stopped'))
);
--> statement-breakpoint
CREATE TABLE "consultation" (
	"scope" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"procedure_scope" text NOT NULL,
	"step" text NOT NULL,
	"n" integer NOT NULL,
	"lead" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "day_counter" (
	"kind" text NOT NULL,
	"day" date NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "day_counter_kind_day_pk" PRIMARY KEY("kind","day"),
	CONSTRAINT "day_counter_kind" CHECK ("day_counter"."kind" in ('case', 'dossier'))
);
--> statement-breakpoint
CREATE TABLE "decision" (
	"scope" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"outcome" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"number" text,
	"document_hash" text,
	"signature" text,
	"algorithm" text,
	"key_id" text,
	"handed_over_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"scope" text NOT NULL,
	"seq" integer NOT NULL,
	"prev" integer NOT NULL,
	"case_code" text NOT NULL,
	CONSTRAINT "delivery_scope_seq_pk" PRIMARY KEY("scope","seq")
);
--> statement-breakpoint
CREATE TABLE "document" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sha256" text NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"owner" text NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "document_bytes" CHECK ("document"."bytes" > 0)
);
--> statement-breakpoint
CREATE TABLE "dossier" (
	"scope" text NOT NULL,
	"n" integer NOT NULL,
	"case_code" text NOT NULL,
	"filed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "dossier_scope_n_pk" PRIMARY KEY("scope","n")
);
--> statement-breakpoint
CREATE TABLE "dossier_document" (
	"scope" text NOT NULL,
	"n" integer NOT NULL,
	"position" integer NOT NULL,
	"case_code" text NOT NULL,
	"code" text NOT NULL,
	"document_id" text,
	"obtained_from" text,
	CONSTRAINT "dossier_document_scope_n_position_pk" PRIMARY KEY("scope","n","position")
);
--> statement-breakpoint
CREATE TABLE "duty" (
	"scope" text NOT NULL,
	"code" text NOT NULL,
	"case_code" text NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "duty_scope_code_pk" PRIMARY KEY("scope","code")
);
--> statement-breakpoint
CREATE TABLE "feed_cursor" (
	"reader" text PRIMARY KEY NOT NULL,
	"epoch" integer NOT NULL,
	"xid" "xid8" NOT NULL,
	"id" bigint NOT NULL,
	"moved_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "filing" (
	"case_code" text PRIMARY KEY NOT NULL,
	"body" json,
	"name_vi" text,
	"name_en" text,
	"search" "tsvector",
	"erased_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"agency" text NOT NULL,
	"message_id" text NOT NULL,
	"body" jsonb NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"error" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone,
	"handled_at" timestamp with time zone,
	CONSTRAINT "inbox_status" CHECK ("inbox"."status" in ('pending', 'handled', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"epoch" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "installation_one_row" CHECK ("installation"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "ledger_entry" (
	"scope" text NOT NULL,
	"n" integer NOT NULL,
	"case_code" text NOT NULL,
	"type" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"days" integer,
	"ground" text,
	CONSTRAINT "ledger_entry_scope_n_pk" PRIMARY KEY("scope","n")
);
--> statement-breakpoint
CREATE TABLE "opening" (
	"person" text NOT NULL,
	"key" text NOT NULL,
	"case_code" text NOT NULL,
	CONSTRAINT "opening_person_key_pk" PRIMARY KEY("person","key")
);
--> statement-breakpoint
CREATE TABLE "operation" (
	"case_code" text NOT NULL,
	"operation_id" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" json NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "operation_case_code_operation_id_pk" PRIMARY KEY("case_code","operation_id")
);
--> statement-breakpoint
CREATE TABLE "opinion" (
	"scope" text NOT NULL,
	"agency" text NOT NULL,
	"case_code" text NOT NULL,
	"channel" text NOT NULL,
	"due_date" date NOT NULL,
	"legal_effect" text NOT NULL,
	"handling" text NOT NULL,
	"status" text NOT NULL,
	"position" text,
	"conditions" jsonb NOT NULL,
	"legal_basis" text,
	"late" boolean NOT NULL,
	"answered_at" timestamp with time zone,
	"lapsed_at" timestamp with time zone,
	"decision" text,
	CONSTRAINT "opinion_scope_agency_pk" PRIMARY KEY("scope","agency")
);
--> statement-breakpoint
CREATE TABLE "pathway_definition" (
	"code" text PRIMARY KEY NOT NULL,
	"position" integer NOT NULL,
	"data" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"agency" text,
	"organisation" text,
	"email" text NOT NULL,
	"language" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "person_role" CHECK ("person"."role" in ('investor', 'representative', 'receiving-officer', 'officer', 'head', 'leader', 'auditor', 'admin', 'operator')),
	CONSTRAINT "person_language" CHECK ("person"."language" in ('vi', 'en'))
);
--> statement-breakpoint
CREATE TABLE "power_of_attorney" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"grantor" text NOT NULL,
	"representative" text NOT NULL,
	"acts" text[] NOT NULL,
	"procedures" text[],
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "power_of_attorney_term" CHECK ("power_of_attorney"."from_date" <= "power_of_attorney"."to_date")
);
--> statement-breakpoint
CREATE TABLE "procedure" (
	"scope" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"procedure" text NOT NULL,
	"attempt" integer NOT NULL,
	"version" text NOT NULL,
	"phase" text NOT NULL,
	"mandatory" boolean NOT NULL,
	"competent_agency" text NOT NULL,
	"handling_agency" text NOT NULL,
	"city_controlled" boolean NOT NULL,
	"stage" text NOT NULL,
	"portal_status" integer NOT NULL,
	"dossier_code" text,
	"opened_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone,
	"printed_due_date" date,
	"promised_date" date,
	"decided_at" timestamp with time zone,
	"handed_over_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"outcome" text,
	"as_of_seq" integer NOT NULL,
	CONSTRAINT "procedure_portal_status" CHECK ("procedure"."portal_status" between 1 and 10)
);
--> statement-breakpoint
CREATE TABLE "procedure_definition" (
	"version" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"data" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "public_pin" (
	"case_code" text PRIMARY KEY NOT NULL,
	"salt" text NOT NULL,
	"hash" text NOT NULL,
	"failed_tries" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rehearsal_advance" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"target" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"detail" jsonb,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "rehearsal_advance_status" CHECK ("rehearsal_advance"."status" in ('pending', 'running', 'quiet', 'restless', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "rehearsal_clock" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"mode" text DEFAULT 'real' NOT NULL,
	"now" timestamp with time zone,
	CONSTRAINT "rehearsal_clock_one_row" CHECK ("rehearsal_clock"."id" = 1),
	CONSTRAINT "rehearsal_clock_mode" CHECK ("rehearsal_clock"."mode" in ('real', 'stepped', 'ticking')),
	CONSTRAINT "rehearsal_clock_now" CHECK (("rehearsal_clock"."mode" = 'real') = ("rehearsal_clock"."now" is null))
);
--> statement-breakpoint
CREATE TABLE "scope" (
	"id" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"kind" text NOT NULL,
	"generation" integer NOT NULL,
	"last_seq" integer NOT NULL,
	"sent_seq" integer DEFAULT 0 NOT NULL,
	"done_seq" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"closed" boolean NOT NULL,
	"claimed_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone,
	CONSTRAINT "scope_kind" CHECK ("scope"."kind" in ('case', 'procedure', 'consultation'))
);
--> statement-breakpoint
CREATE TABLE "step" (
	"scope" text NOT NULL,
	"code" text NOT NULL,
	"case_code" text NOT NULL,
	"kind" text NOT NULL,
	"agency" text NOT NULL,
	"automation" text NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"outcome" text,
	"by" text,
	"failed" boolean NOT NULL,
	CONSTRAINT "step_scope_code_pk" PRIMARY KEY("scope","code")
);
--> statement-breakpoint
CREATE TABLE "task" (
	"id" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"scope" text NOT NULL,
	"procedure" text,
	"attempt" integer,
	"version" text,
	"dossier_code" text,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"agency" text NOT NULL,
	"role" text NOT NULL,
	"step" text,
	"status" text NOT NULL,
	"due_date" date,
	"due_order" date GENERATED ALWAYS AS (coalesce(due_date, 'infinity'::date)) STORED NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"claimed_by" text,
	"completed_by" text,
	"completed_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "task_status" CHECK ("task"."status" in ('open', 'claimed', 'waiting', 'done', 'cancelled')),
	CONSTRAINT "task_role" CHECK ("task"."role" in ('receiving-officer', 'officer', 'head'))
);
--> statement-breakpoint
ALTER TABLE "agency_request" ADD CONSTRAINT "agency_request_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_agency" ADD CONSTRAINT "case_agency_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock" ADD CONSTRAINT "clock_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation" ADD CONSTRAINT "consultation_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_owner_person_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dossier" ADD CONSTRAINT "dossier_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dossier_document" ADD CONSTRAINT "dossier_document_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty" ADD CONSTRAINT "duty_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing" ADD CONSTRAINT "filing_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening" ADD CONSTRAINT "opening_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation" ADD CONSTRAINT "operation_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinion" ADD CONSTRAINT "opinion_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_agency_agency_code_fk" FOREIGN KEY ("agency") REFERENCES "public"."agency"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "power_of_attorney" ADD CONSTRAINT "power_of_attorney_grantor_person_id_fk" FOREIGN KEY ("grantor") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "power_of_attorney" ADD CONSTRAINT "power_of_attorney_representative_person_id_fk" FOREIGN KEY ("representative") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "procedure" ADD CONSTRAINT "procedure_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_pin" ADD CONSTRAINT "public_pin_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope" ADD CONSTRAINT "scope_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step" ADD CONSTRAINT "step_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agency_request_natural" ON "agency_request" USING btree ("scope","step","attempt");--> statement-breakpoint
CREATE UNIQUE INDEX "agency_request_correlation" ON "agency_request" USING btree ("correlation_id");--> statement-breakpoint
CREATE INDEX "agency_request_case" ON "agency_request" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "case_agency_list" ON "case_agency" USING btree ("agency","opened_at" DESC NULLS FIRST,"case_code" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "case_agency_status" ON "case_agency" USING btree ("agency","status","opened_at" DESC NULLS FIRST,"case_code" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "case_agency_breached" ON "case_agency" USING btree ("agency","opened_at" DESC NULLS FIRST,"case_code" DESC NULLS FIRST) WHERE "case_agency"."breached";--> statement-breakpoint
CREATE UNIQUE INDEX "case_event_feed" ON "case_event" USING btree ("epoch","xid","id");--> statement-breakpoint
CREATE INDEX "case_head_list" ON "case_head" USING btree ("opened_at" DESC NULLS FIRST,"code" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "case_head_status" ON "case_head" USING btree ("status","opened_at" DESC NULLS FIRST,"code" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "case_head_lane" ON "case_head" USING btree ("lane","opened_at" DESC NULLS FIRST,"code" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "case_head_breached" ON "case_head" USING btree ("opened_at" DESC NULLS FIRST,"code" DESC NULLS FIRST) WHERE "case_head"."breached_on" is not null;--> statement-breakpoint
CREATE INDEX "case_head_investor" ON "case_head" USING btree ("investor","opened_at" DESC NULLS FIRST,"code" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "clock_case" ON "clock" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "clock_due" ON "clock" USING btree ("agency","due_date") WHERE "clock"."state" = 'running';--> statement-breakpoint
CREATE INDEX "consultation_case" ON "consultation" USING btree ("case_code");--> statement-breakpoint
CREATE UNIQUE INDEX "decision_number" ON "decision" USING btree ("number");--> statement-breakpoint
CREATE INDEX "decision_case" ON "decision" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "document_owner" ON "document" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "dossier_case" ON "dossier" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "dossier_document_document" ON "dossier_document" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "dossier_document_case" ON "dossier_document" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "duty_case" ON "duty" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "filing_search" ON "filing" USING gin ("search");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_message" ON "inbox" USING btree ("agency","message_id");--> statement-breakpoint
CREATE INDEX "inbox_pending" ON "inbox" USING btree ("id") WHERE "inbox"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "ledger_entry_case" ON "ledger_entry" USING btree ("case_code");--> statement-breakpoint
CREATE UNIQUE INDEX "opening_case" ON "opening" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "opinion_case" ON "opinion" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "opinion_agency" ON "opinion" USING btree ("agency","status");--> statement-breakpoint
CREATE UNIQUE INDEX "power_of_attorney_natural" ON "power_of_attorney" USING btree ("representative","grantor","from_date");--> statement-breakpoint
CREATE INDEX "procedure_case" ON "procedure" USING btree ("case_code");--> statement-breakpoint
CREATE UNIQUE INDEX "procedure_dossier_code" ON "procedure" USING btree ("dossier_code");--> statement-breakpoint
CREATE UNIQUE INDEX "procedure_definition_from" ON "procedure_definition" USING btree ("code","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "rehearsal_advance_one_at_a_time" ON "rehearsal_advance" USING btree ((true)) WHERE "rehearsal_advance"."status" in ('pending', 'running');--> statement-breakpoint
CREATE INDEX "scope_case" ON "scope" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "scope_unsent" ON "scope" USING btree ("id") WHERE "scope"."sent_seq" < "scope"."last_seq" and not "scope"."closed";--> statement-breakpoint
CREATE INDEX "scope_thinking" ON "scope" USING btree ("id") WHERE "scope"."done_seq" < "scope"."last_seq" and not "scope"."closed";--> statement-breakpoint
CREATE INDEX "scope_next" ON "scope" USING btree ("next_at") WHERE not "scope"."closed";--> statement-breakpoint
CREATE INDEX "step_case" ON "step" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "task_worklist" ON "task" USING btree ("agency","due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_all_worklist" ON "task" USING btree ("due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_mine" ON "task" USING btree ("claimed_by","due_order","id") WHERE "task"."status" in ('claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_finished" ON "task" USING btree ("agency","completed_at" DESC NULLS FIRST,"id") WHERE "task"."status" in ('done', 'cancelled');--> statement-breakpoint
CREATE INDEX "task_case" ON "task" USING btree ("case_code");