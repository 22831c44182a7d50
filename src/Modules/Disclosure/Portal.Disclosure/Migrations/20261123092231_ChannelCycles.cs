using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class ChannelCycles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "cycle_days",
                schema: "disclosure",
                table: "openness_items",
                type: "integer",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "cycle_days",
                schema: "disclosure",
                table: "openness_items");
        }
    }
}
