using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class ErrorReports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "error_report_serials",
                schema: "interaction");

            migrationBuilder.CreateTable(
                name: "error_reports",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    form_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    page = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    page_title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: true),
                    edition_id = table.Column<Guid>(type: "uuid", nullable: true),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    quote_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    suspicion = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    sealed_key = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    unit_site_id = table.Column<Guid>(type: "uuid", nullable: true),
                    unit_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    handler_id = table.Column<Guid>(type: "uuid", nullable: true),
                    handler_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    joined_to = table.Column<Guid>(type: "uuid", nullable: true),
                    forward_due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    calendar_version = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    forwarded_on = table.Column<DateOnly>(type: "date", nullable: true),
                    answered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    workdays = table.Column<int>(type: "integer", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    result = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    answer = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    corrected_by = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_error_reports", x => x.id);
                    table.CheckConstraint("ck_error_reports_answered", "(answered_on is null) = (result is null)");
                    table.CheckConstraint("ck_error_reports_joined", "(state = 'Joined') = (joined_to is not null)");
                    table.ForeignKey(
                        name: "fk_error_reports_error_reports_joined_to",
                        column: x => x.joined_to,
                        principalSchema: "interaction",
                        principalTable: "error_reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "error_report_events",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    trigger = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    actor_unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    facts = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_error_report_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_error_report_events_error_reports_report_id",
                        column: x => x.report_id,
                        principalSchema: "interaction",
                        principalTable: "error_reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_error_report_events_sequence",
                schema: "interaction",
                table: "error_report_events",
                columns: new[] { "report_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_error_reports_answered",
                schema: "interaction",
                table: "error_reports",
                columns: new[] { "site_id", "answered_on", "id" },
                filter: "answered_on is not null");

            migrationBuilder.CreateIndex(
                name: "ix_error_reports_document",
                schema: "interaction",
                table: "error_reports",
                column: "document_id",
                filter: "state = 'Correcting'");

            migrationBuilder.CreateIndex(
                name: "ix_error_reports_joined",
                schema: "interaction",
                table: "error_reports",
                column: "joined_to",
                filter: "joined_to is not null");

            migrationBuilder.CreateIndex(
                name: "ix_error_reports_newest",
                schema: "interaction",
                table: "error_reports",
                columns: new[] { "site_id", "submitted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_error_reports_open",
                schema: "interaction",
                table: "error_reports",
                columns: new[] { "site_id", "due_on", "id" },
                filter: "closed_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_error_reports_page",
                schema: "interaction",
                table: "error_reports",
                columns: new[] { "site_id", "page", "submitted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_error_reports_submitted",
                schema: "interaction",
                table: "error_reports",
                columns: new[] { "submitted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_error_reports_unit",
                schema: "interaction",
                table: "error_reports",
                columns: new[] { "unit_site_id", "due_on", "id" },
                filter: "closed_on is null and unit_site_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_error_reports_form",
                schema: "interaction",
                table: "error_reports",
                column: "form_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_error_reports_number",
                schema: "interaction",
                table: "error_reports",
                column: "number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "error_report_events",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "error_reports",
                schema: "interaction");

            migrationBuilder.DropSequence(
                name: "error_report_serials",
                schema: "interaction");
        }
    }
}
