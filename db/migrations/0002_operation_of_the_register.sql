ALTER TABLE "operation" DROP CONSTRAINT "operation_case_code_operation_id_pk";--> statement-breakpoint
ALTER TABLE "operation" ADD PRIMARY KEY ("operation_id");