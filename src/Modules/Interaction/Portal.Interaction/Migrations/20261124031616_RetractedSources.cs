using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class RetractedSources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_topic_sources_reference",
                schema: "interaction",
                table: "topic_sources");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retracted_at",
                schema: "interaction",
                table: "topic_sources",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ux_topic_sources_reference",
                schema: "interaction",
                table: "topic_sources",
                columns: new[] { "topic_id", "kind", "reference" },
                unique: true,
                filter: "reference <> '' and retracted_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_topic_sources_reference",
                schema: "interaction",
                table: "topic_sources");

            migrationBuilder.DropColumn(
                name: "retracted_at",
                schema: "interaction",
                table: "topic_sources");

            migrationBuilder.CreateIndex(
                name: "ux_topic_sources_reference",
                schema: "interaction",
                table: "topic_sources",
                columns: new[] { "topic_id", "kind", "reference" },
                unique: true,
                filter: "reference <> ''");
        }
    }
}
