using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Host.Migrations
{
    /// <inheritdoc />
    public partial class Calendars : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "calendar_versions",
                schema: "host",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    region_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    years = table.Column<List<int>>(type: "integer[]", nullable: false),
                    title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    document_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    notice_on = table.Column<DateOnly>(type: "date", nullable: true),
                    papers = table.Column<List<string>>(type: "text[]", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_days",
                schema: "host",
                columns: table => new
                {
                    version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    notice_year = table.Column<int>(type: "integer", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    is_off = table.Column<bool>(type: "boolean", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_days", x => new { x.version_id, x.notice_year, x.date });
                    table.ForeignKey(
                        name: "fk_calendar_days_calendar_versions_version_id",
                        column: x => x.version_id,
                        principalSchema: "host",
                        principalTable: "calendar_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_calendar_versions_region_number",
                schema: "host",
                table: "calendar_versions",
                columns: new[] { "region_code", "number" },
                unique: true);

            // Every host that holds calendars in memory is told of a version when it commits.
            migrationBuilder.Sql(
                """
                create trigger tell_calendars after insert on host.calendar_versions
                  for each statement execute function host.tell_change('portal_calendars');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "calendar_days",
                schema: "host");

            migrationBuilder.DropTable(
                name: "calendar_versions",
                schema: "host");
        }
    }
}
