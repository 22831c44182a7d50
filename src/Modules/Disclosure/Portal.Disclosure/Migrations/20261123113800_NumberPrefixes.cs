using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class NumberPrefixes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_directory_entries_number",
                schema: "disclosure",
                table: "directory_entries");

            migrationBuilder.DropIndex(
                name: "ux_directory_entries_index_number",
                schema: "disclosure",
                table: "directory_entries");

            migrationBuilder.CreateIndex(
                name: "ix_directory_entries_number",
                schema: "disclosure",
                table: "directory_entries",
                column: "number_key",
                filter: "number_key is not null")
                .Annotation("Npgsql:IndexOperators", new[] { "text_pattern_ops" });

            migrationBuilder.CreateIndex(
                name: "ux_directory_entries_index_number",
                schema: "disclosure",
                table: "directory_entries",
                column: "index_number",
                unique: true)
                .Annotation("Npgsql:IndexOperators", new[] { "text_pattern_ops" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_directory_entries_number",
                schema: "disclosure",
                table: "directory_entries");

            migrationBuilder.DropIndex(
                name: "ux_directory_entries_index_number",
                schema: "disclosure",
                table: "directory_entries");

            migrationBuilder.CreateIndex(
                name: "ix_directory_entries_number",
                schema: "disclosure",
                table: "directory_entries",
                column: "number_key",
                filter: "number_key is not null");

            migrationBuilder.CreateIndex(
                name: "ux_directory_entries_index_number",
                schema: "disclosure",
                table: "directory_entries",
                column: "index_number",
                unique: true);
        }
    }
}
