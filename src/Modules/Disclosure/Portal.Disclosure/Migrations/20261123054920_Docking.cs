using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class Docking : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "docked_sources",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    directory_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    held_for = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    waived_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_contact_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trial_run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    feed_address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    remote_directory = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    remote_key_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    remote_key = table.Column<string>(type: "text", nullable: true),
                    cursor = table.Column<long>(type: "bigint", nullable: false),
                    head_sequence = table.Column<long>(type: "bigint", nullable: false),
                    next_pull_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    last_failure = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    reconciled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    differences = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_docked_sources", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "docked_records",
                schema: "disclosure",
                columns: table => new
                {
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    index_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    withdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_docked_records", x => new { x.source_id, x.index_number });
                    table.ForeignKey(
                        name: "fk_docked_records_docked_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "disclosure",
                        principalTable: "docked_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "docking_credentials",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    direction = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    directory_id = table.Column<Guid>(type: "uuid", nullable: false),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    issued_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_docking_credentials", x => x.id);
                    table.ForeignKey(
                        name: "fk_docking_credentials_docked_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "disclosure",
                        principalTable: "docked_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "docking_quarantine",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    index_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<string>(type: "jsonb", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decision = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_docking_quarantine", x => x.id);
                    table.ForeignKey(
                        name: "fk_docking_quarantine_docked_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "disclosure",
                        principalTable: "docked_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "docking_runs",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    body_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    from_sequence = table.Column<long>(type: "bigint", nullable: true),
                    to_sequence = table.Column<long>(type: "bigint", nullable: true),
                    received = table.Column<int>(type: "integer", nullable: false),
                    added = table.Column<int>(type: "integer", nullable: false),
                    updated = table.Column<int>(type: "integer", nullable: false),
                    unchanged = table.Column<int>(type: "integer", nullable: false),
                    withdrawn = table.Column<int>(type: "integer", nullable: false),
                    stale = table.Column<int>(type: "integer", nullable: false),
                    rejected = table.Column<int>(type: "integer", nullable: false),
                    quarantined = table.Column<int>(type: "integer", nullable: false),
                    message = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_docking_runs", x => x.id);
                    table.ForeignKey(
                        name: "fk_docking_runs_docked_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "disclosure",
                        principalTable: "docked_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "docking_run_lines",
                schema: "disclosure",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    item = table.Column<int>(type: "integer", nullable: false),
                    index_number = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    result = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    field = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    message = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_docking_run_lines", x => new { x.run_id, x.line });
                    table.ForeignKey(
                        name: "fk_docking_run_lines_docking_runs_run_id",
                        column: x => x.run_id,
                        principalSchema: "disclosure",
                        principalTable: "docking_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_directory_entries_sequence",
                schema: "disclosure",
                table: "directory_entries",
                columns: new[] { "directory_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ux_docked_records_entry",
                schema: "disclosure",
                table: "docked_records",
                column: "entry_id",
                unique: true,
                filter: "entry_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_docked_sources_site",
                schema: "disclosure",
                table: "docked_sources",
                column: "site_id");

            migrationBuilder.CreateIndex(
                name: "ux_docked_sources_key",
                schema: "disclosure",
                table: "docked_sources",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_docking_credentials_source",
                schema: "disclosure",
                table: "docking_credentials",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ux_docking_credentials_key",
                schema: "disclosure",
                table: "docking_credentials",
                column: "key_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_docking_quarantine_waiting",
                schema: "disclosure",
                table: "docking_quarantine",
                columns: new[] { "source_id", "index_number" },
                unique: true,
                filter: "decided_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_docking_runs_newest",
                schema: "disclosure",
                table: "docking_runs",
                columns: new[] { "source_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ux_docking_runs_key",
                schema: "disclosure",
                table: "docking_runs",
                columns: new[] { "source_id", "idempotency_key" },
                unique: true,
                filter: "idempotency_key is not null and state = 'Done'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "docked_records",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "docking_credentials",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "docking_quarantine",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "docking_run_lines",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "docking_runs",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "docked_sources",
                schema: "disclosure");

            migrationBuilder.DropIndex(
                name: "ix_directory_entries_sequence",
                schema: "disclosure",
                table: "directory_entries");
        }
    }
}
