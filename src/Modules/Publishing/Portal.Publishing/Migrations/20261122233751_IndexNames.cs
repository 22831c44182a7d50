using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Publishing.Migrations
{
    /// <summary>The code knows a lost race by the name of the unique index that refused it.</summary>
    public partial class IndexNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameIndex(
                name: "ix_reviews_edition_id_content_hash_stage",
                schema: "publishing",
                table: "reviews",
                newName: "ux_reviews_stage");

            migrationBuilder.RenameIndex(
                name: "ix_reviews_edition_id_content_hash_person_id",
                schema: "publishing",
                table: "reviews",
                newName: "ux_reviews_person");

            migrationBuilder.RenameIndex(
                name: "ix_published_pages_site_id_path",
                schema: "publishing",
                table: "published_pages",
                newName: "ux_published_pages_path");

            migrationBuilder.RenameIndex(
                name: "ix_editions_document_id_language2",
                schema: "publishing",
                table: "editions",
                newName: "ux_editions_working");

            migrationBuilder.RenameIndex(
                name: "ix_editions_document_id_language1",
                schema: "publishing",
                table: "editions",
                newName: "ux_editions_scheduled");

            migrationBuilder.RenameIndex(
                name: "ix_editions_document_id_language_number",
                schema: "publishing",
                table: "editions",
                newName: "ux_editions_number");

            migrationBuilder.RenameIndex(
                name: "ix_editions_document_id_language",
                schema: "publishing",
                table: "editions",
                newName: "ux_editions_live");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Forward only.
        }
    }
}
