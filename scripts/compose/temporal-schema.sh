#!/bin/sh
# Creates and upgrades Temporal's two databases; safe to run again.
set -eu
SQL_PASSWORD=$(cat "${SQL_PASSWORD_FILE:-/run/secrets/temporal-db-password}")
export SQL_PASSWORD
for database in temporal temporal_visibility; do
  case "$database" in temporal) schema=temporal ;; *) schema=visibility ;; esac
  tool="temporal-sql-tool --plugin postgres12 --ep $POSTGRES_SEEDS -p ${DB_PORT:-5432} -u $POSTGRES_USER --db $database"
  tool="$tool --tls --tls-ca-file $SQL_CA --tls-server-name $SQL_HOST_NAME"
  $tool create
  $tool setup-schema -v 0.0 || true # there already
  $tool update-schema -d "${TEMPORAL_SCHEMA_DIR:-/etc/temporal/schema/postgresql/v12}/$schema/versioned"
done
