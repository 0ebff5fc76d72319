ALTER TABLE "signing_key" ALTER COLUMN "jwk" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "signing_key" ADD COLUMN "use" text DEFAULT 'signature' NOT NULL;--> statement-breakpoint
ALTER TABLE "signing_key" ADD COLUMN "material" text;--> statement-breakpoint
ALTER TABLE "signing_key" ADD COLUMN "valid_from" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "signing_key" ADD COLUMN "valid_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "signing_key" ADD COLUMN "revoked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "signing_key" ADD COLUMN "revoked_reason" text;--> statement-breakpoint
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_use" CHECK ("signing_key"."use" in ('signature', 'log', 'witness', 'seal'));--> statement-breakpoint
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_reason" CHECK ("signing_key"."revoked_reason" in ('compromised', 'superseded', 'ceased'));--> statement-breakpoint
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_revoked" CHECK (("signing_key"."revoked_at" is null) = ("signing_key"."revoked_reason" is null));--> statement-breakpoint
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_material" CHECK (("signing_key"."use" = 'seal' or "signing_key"."jwk" is not null) and ("signing_key"."use" = 'signature' or "signing_key"."material" is not null));--> statement-breakpoint
UPDATE "signing_key" k SET "valid_from" = least(k."kept_at", (SELECT min(r."written_at") FROM "chain_root" r WHERE r."key_id" = k."key_id"));
