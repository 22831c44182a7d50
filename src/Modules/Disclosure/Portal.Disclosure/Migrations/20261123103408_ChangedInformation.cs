using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class ChangedInformation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_openness_items_subject",
                schema: "disclosure",
                table: "openness_items");

            migrationBuilder.CreateIndex(
                name: "ux_openness_items_change",
                schema: "disclosure",
                table: "openness_items",
                columns: new[] { "subject_id", "started_at" },
                unique: true,
                filter: "kind = 'Changed'");

            migrationBuilder.CreateIndex(
                name: "ux_openness_items_subject",
                schema: "disclosure",
                table: "openness_items",
                columns: new[] { "subject_id", "kind" },
                unique: true,
                filter: "kind <> 'Changed'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_openness_items_change",
                schema: "disclosure",
                table: "openness_items");

            migrationBuilder.DropIndex(
                name: "ux_openness_items_subject",
                schema: "disclosure",
                table: "openness_items");

            migrationBuilder.CreateIndex(
                name: "ux_openness_items_subject",
                schema: "disclosure",
                table: "openness_items",
                columns: new[] { "subject_id", "kind" },
                unique: true);
        }
    }
}
