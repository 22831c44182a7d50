using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class ConfirmedMetadata : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "confirmed_values",
                schema: "disclosure",
                table: "document_metadata",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "confirmed_versions",
                schema: "disclosure",
                table: "document_metadata",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.Sql(
                """
                update disclosure.document_metadata set confirmed_values = values, confirmed_versions = code_versions
                where confirmed_at is not null;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "confirmed_values",
                schema: "disclosure",
                table: "document_metadata");

            migrationBuilder.DropColumn(
                name: "confirmed_versions",
                schema: "disclosure",
                table: "document_metadata");
        }
    }
}
