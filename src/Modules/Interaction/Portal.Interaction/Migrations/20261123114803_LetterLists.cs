using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class LetterLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_letters_submitted",
                schema: "interaction",
                table: "letters",
                columns: new[] { "submitted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_letters_unclosed",
                schema: "interaction",
                table: "letters",
                columns: new[] { "site_id", "state" },
                filter: "closed_on is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_letters_submitted",
                schema: "interaction",
                table: "letters");

            migrationBuilder.DropIndex(
                name: "ix_letters_unclosed",
                schema: "interaction",
                table: "letters");
        }
    }
}
