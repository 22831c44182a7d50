using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class LetterFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "letter_count_changes",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    received = table.Column<int>(type: "integer", nullable: false),
                    accepted = table.Column<int>(type: "integer", nullable: false),
                    not_accepted = table.Column<int>(type: "integer", nullable: false),
                    dropped = table.Column<int>(type: "integer", nullable: false),
                    answered = table.Column<int>(type: "integer", nullable: false),
                    on_time = table.Column<int>(type: "integer", nullable: false),
                    workdays = table.Column<int>(type: "integer", nullable: false),
                    rated = table.Column<int>(type: "integer", nullable: false),
                    satisfied = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_count_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "letter_counts",
                schema: "interaction",
                columns: table => new
                {
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    received = table.Column<int>(type: "integer", nullable: false),
                    accepted = table.Column<int>(type: "integer", nullable: false),
                    not_accepted = table.Column<int>(type: "integer", nullable: false),
                    dropped = table.Column<int>(type: "integer", nullable: false),
                    answered = table.Column<int>(type: "integer", nullable: false),
                    on_time = table.Column<int>(type: "integer", nullable: false),
                    workdays = table.Column<int>(type: "integer", nullable: false),
                    rated = table.Column<int>(type: "integer", nullable: false),
                    satisfied = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_counts", x => new { x.site_id, x.month, x.unit_site_id, x.kind });
                });

            // Letters that came before there were figures; `letters recount` does the same.
            migrationBuilder.Sql(
                """
                insert into interaction.letter_counts (site_id, month, unit_site_id, kind, received, accepted, not_accepted, dropped, answered,
                  on_time, workdays, rated, satisfied)
                select site_id, date_trunc('month', submitted_at at time zone 'Asia/Shanghai')::date, coalesce(lead_site_id, site_id), kind,
                  count(*), count(accepted_on), count(*) filter (where state = 'NotAccepted'),
                  count(*) filter (where state in ('Merged', 'Withdrawn')), count(replied_on), count(*) filter (where on_time),
                  coalesce(sum(workdays), 0), count(rating), count(*) filter (where rating >= 4)
                from interaction.letters group by 1, 2, 3, 4;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "letter_count_changes",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "letter_counts",
                schema: "interaction");
        }
    }
}
