using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class ConfirmedLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "added_by",
                schema: "interaction",
                table: "topic_responses",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "added_by_name",
                schema: "interaction",
                table: "topic_responses",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "confirmed_at",
                schema: "interaction",
                table: "topic_responses",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "confirmed_by",
                schema: "interaction",
                table: "topic_responses",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "confirmed_by_name",
                schema: "interaction",
                table: "topic_responses",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "document_public_at",
                schema: "interaction",
                table: "topic_responses",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rumour",
                schema: "interaction",
                table: "topic_responses",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "saved_by",
                schema: "interaction",
                table: "topic_responses",
                type: "uuid",
                nullable: true);

            // What was linked before there was a second person stays public.
            migrationBuilder.Sql("update interaction.topic_responses set confirmed_at = added_at where written is null;");

            migrationBuilder.AddCheckConstraint(
                name: "ck_topic_responses_confirmed",
                schema: "interaction",
                table: "topic_responses",
                sql: "written is not null or public_at is null or confirmed_at is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_topic_responses_two_people",
                schema: "interaction",
                table: "topic_responses",
                sql: "confirmed_by <> added_by");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_topic_responses_confirmed",
                schema: "interaction",
                table: "topic_responses");

            migrationBuilder.DropCheckConstraint(
                name: "ck_topic_responses_two_people",
                schema: "interaction",
                table: "topic_responses");

            migrationBuilder.DropColumn(
                name: "added_by",
                schema: "interaction",
                table: "topic_responses");

            migrationBuilder.DropColumn(
                name: "added_by_name",
                schema: "interaction",
                table: "topic_responses");

            migrationBuilder.DropColumn(
                name: "confirmed_at",
                schema: "interaction",
                table: "topic_responses");

            migrationBuilder.DropColumn(
                name: "confirmed_by",
                schema: "interaction",
                table: "topic_responses");

            migrationBuilder.DropColumn(
                name: "confirmed_by_name",
                schema: "interaction",
                table: "topic_responses");

            migrationBuilder.DropColumn(
                name: "document_public_at",
                schema: "interaction",
                table: "topic_responses");

            migrationBuilder.DropColumn(
                name: "rumour",
                schema: "interaction",
                table: "topic_responses");

            migrationBuilder.DropColumn(
                name: "saved_by",
                schema: "interaction",
                table: "topic_responses");
        }
    }
}
