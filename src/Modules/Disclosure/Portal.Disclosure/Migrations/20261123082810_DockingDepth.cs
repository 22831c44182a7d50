using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class DockingDepth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "cause",
                schema: "disclosure",
                table: "docking_quarantine",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "SameNumber");

            migrationBuilder.AddColumn<string>(
                name: "overlay_subject",
                schema: "disclosure",
                table: "directory_listings",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "overlay_subject_class",
                schema: "disclosure",
                table: "directory_listings",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "overlay",
                schema: "disclosure",
                table: "directory_entries",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "recommendation",
                schema: "disclosure",
                table: "directory_entries",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_listings_overlay_subject",
                schema: "disclosure",
                table: "directory_listings",
                columns: new[] { "scope_id", "overlay_subject_class", "published_at", "entry_id" },
                filter: "overlay_subject_class is not null");

            migrationBuilder.CreateIndex(
                name: "ix_directory_entries_recommended",
                schema: "disclosure",
                table: "directory_entries",
                column: "published_at",
                filter: "recommendation is not null");

            migrationBuilder.CreateIndex(
                name: "ix_directory_entries_same_title",
                schema: "disclosure",
                table: "directory_entries",
                column: "title")
                .Annotation("Npgsql:IndexMethod", "hash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_directory_listings_overlay_subject",
                schema: "disclosure",
                table: "directory_listings");

            migrationBuilder.DropIndex(
                name: "ix_directory_entries_recommended",
                schema: "disclosure",
                table: "directory_entries");

            migrationBuilder.DropIndex(
                name: "ix_directory_entries_same_title",
                schema: "disclosure",
                table: "directory_entries");

            migrationBuilder.DropColumn(
                name: "cause",
                schema: "disclosure",
                table: "docking_quarantine");

            migrationBuilder.DropColumn(
                name: "overlay_subject",
                schema: "disclosure",
                table: "directory_listings");

            migrationBuilder.DropColumn(
                name: "overlay_subject_class",
                schema: "disclosure",
                table: "directory_listings");

            migrationBuilder.DropColumn(
                name: "overlay",
                schema: "disclosure",
                table: "directory_entries");

            migrationBuilder.DropColumn(
                name: "recommendation",
                schema: "disclosure",
                table: "directory_entries");
        }
    }
}
