using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class CountedAnnouncements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "counts_on",
                schema: "interaction",
                table: "announcements",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "counts_on",
                schema: "interaction",
                table: "announced_documents",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "title",
                schema: "interaction",
                table: "announced_documents",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "ix_announced_documents_counts",
                schema: "interaction",
                table: "announced_documents",
                columns: new[] { "site_id", "counts_on" },
                filter: "counts_on is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_announced_documents_counts",
                schema: "interaction",
                table: "announced_documents");

            migrationBuilder.DropColumn(
                name: "counts_on",
                schema: "interaction",
                table: "announcements");

            migrationBuilder.DropColumn(
                name: "counts_on",
                schema: "interaction",
                table: "announced_documents");

            migrationBuilder.DropColumn(
                name: "title",
                schema: "interaction",
                table: "announced_documents");
        }
    }
}
