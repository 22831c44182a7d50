using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Host.Migrations
{
    /// <inheritdoc />
    public partial class Throttling : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "sign_in_windows",
                schema: "host")
                .Annotation("Npgsql:UnloggedTable", true);

            migrationBuilder.AlterColumn<string>(
                name: "bucket",
                schema: "host",
                table: "sign_in_windows",
                type: "character varying(80)",
                maxLength: 80,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60);

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_windows_starts_at",
                schema: "host",
                table: "sign_in_windows",
                column: "starts_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sign_in_windows_starts_at",
                schema: "host",
                table: "sign_in_windows");

            migrationBuilder.AlterTable(
                name: "sign_in_windows",
                schema: "host")
                .OldAnnotation("Npgsql:UnloggedTable", true);

            migrationBuilder.AlterColumn<string>(
                name: "bucket",
                schema: "host",
                table: "sign_in_windows",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(80)",
                oldMaxLength: 80);
        }
    }
}
