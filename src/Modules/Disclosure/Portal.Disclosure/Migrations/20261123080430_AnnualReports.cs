using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class AnnualReports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "annual_reports",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_path = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    form_version = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    cells = table.Column<string>(type: "jsonb", nullable: false),
                    sections = table.Column<string>(type: "jsonb", nullable: false),
                    fees = table.Column<string>(type: "jsonb", nullable: false),
                    moves = table.Column<string>(type: "jsonb", nullable: false),
                    filled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    published_id = table.Column<Guid>(type: "uuid", nullable: true),
                    first_published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    published_path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    published_sequence = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_annual_reports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "annual_report_publications",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    submission_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    html = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_annual_report_publications", x => x.id);
                    table.ForeignKey(
                        name: "fk_annual_report_publications_annual_reports_report_id",
                        column: x => x.report_id,
                        principalSchema: "disclosure",
                        principalTable: "annual_reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "annual_report_submissions",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_annual_report_submissions", x => x.id);
                    table.ForeignKey(
                        name: "fk_annual_report_submissions_annual_reports_report_id",
                        column: x => x.report_id,
                        principalSchema: "disclosure",
                        principalTable: "annual_reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_annual_report_publications_number",
                schema: "disclosure",
                table: "annual_report_publications",
                columns: new[] { "report_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_annual_report_submissions_number",
                schema: "disclosure",
                table: "annual_report_submissions",
                columns: new[] { "report_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_annual_reports_published",
                schema: "disclosure",
                table: "annual_reports",
                columns: new[] { "year", "published_at", "id" },
                filter: "published_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_annual_reports_document",
                schema: "disclosure",
                table: "annual_reports",
                column: "document_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_annual_reports_site_year",
                schema: "disclosure",
                table: "annual_reports",
                columns: new[] { "site_id", "year" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "annual_report_publications",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "annual_report_submissions",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "annual_reports",
                schema: "disclosure");
        }
    }
}
