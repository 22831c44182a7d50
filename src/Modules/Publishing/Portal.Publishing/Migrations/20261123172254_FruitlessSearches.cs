using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Publishing.Migrations
{
    /// <inheritdoc />
    public partial class FruitlessSearches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "fruitless_searches",
                schema: "publishing",
                columns: table => new
                {
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    term = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    times = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fruitless_searches", x => new { x.site_id, x.day, x.term });
                    table.CheckConstraint("ck_fruitless_searches_times", "times > 0");
                });

            migrationBuilder.CreateIndex(
                name: "ix_fruitless_searches_day",
                schema: "publishing",
                table: "fruitless_searches",
                column: "day");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "fruitless_searches",
                schema: "publishing");
        }
    }
}
