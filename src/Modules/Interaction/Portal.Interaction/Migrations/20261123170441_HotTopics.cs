using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class HotTopics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "hot_topic_serials",
                schema: "interaction");

            migrationBuilder.CreateTable(
                name: "hot_topics",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    concern = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    noticed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    severity = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    need = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    unit_site_id = table.Column<Guid>(type: "uuid", nullable: true),
                    unit_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    handler_id = table.Column<Guid>(type: "uuid", nullable: true),
                    handler_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    statement_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    briefing_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    statement_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    briefing_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    effect_note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    public_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    public_title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    public_summary = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    public_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    gone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hot_topics", x => x.id);
                    table.CheckConstraint("ck_hot_topics_merged", "(state = 'Merged') = (merged_into is not null)");
                    table.CheckConstraint("ck_hot_topics_public", "(public_at is null) = (public_kind is null)");
                    table.ForeignKey(
                        name: "fk_hot_topics_hot_topics_merged_into",
                        column: x => x.merged_into,
                        principalSchema: "interaction",
                        principalTable: "hot_topics",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hot_topic_steps",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    topic_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    trigger = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    actor_unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    facts = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hot_topic_steps", x => x.id);
                    table.ForeignKey(
                        name: "fk_hot_topic_steps_hot_topics_topic_id",
                        column: x => x.topic_id,
                        principalSchema: "interaction",
                        principalTable: "hot_topics",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "topic_responses",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    topic_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    written = table.Column<string>(type: "jsonb", nullable: true),
                    document_id = table.Column<Guid>(type: "uuid", nullable: true),
                    document_site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    summary = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    public_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_topic_responses", x => x.id);
                    table.ForeignKey(
                        name: "fk_topic_responses_hot_topics_topic_id",
                        column: x => x.topic_id,
                        principalSchema: "interaction",
                        principalTable: "hot_topics",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "topic_sources",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    topic_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    reference = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    noticed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_topic_sources", x => x.id);
                    table.ForeignKey(
                        name: "fk_topic_sources_hot_topics_topic_id",
                        column: x => x.topic_id,
                        principalSchema: "interaction",
                        principalTable: "hot_topics",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_hot_topic_steps_sequence",
                schema: "interaction",
                table: "hot_topic_steps",
                columns: new[] { "topic_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_hot_topics_merged",
                schema: "interaction",
                table: "hot_topics",
                column: "merged_into",
                filter: "merged_into is not null");

            migrationBuilder.CreateIndex(
                name: "ix_hot_topics_noticed",
                schema: "interaction",
                table: "hot_topics",
                columns: new[] { "site_id", "noticed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_hot_topics_open",
                schema: "interaction",
                table: "hot_topics",
                columns: new[] { "site_id", "statement_due_at", "id" },
                filter: "closed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_hot_topics_public",
                schema: "interaction",
                table: "hot_topics",
                columns: new[] { "site_id", "public_at", "id" },
                filter: "public_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_hot_topics_unit",
                schema: "interaction",
                table: "hot_topics",
                columns: new[] { "unit_site_id", "statement_due_at", "id" },
                filter: "unit_site_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_hot_topics_number",
                schema: "interaction",
                table: "hot_topics",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_topic_responses_document",
                schema: "interaction",
                table: "topic_responses",
                column: "document_id");

            migrationBuilder.CreateIndex(
                name: "ux_topic_responses_draft",
                schema: "interaction",
                table: "topic_responses",
                columns: new[] { "topic_id", "part" },
                unique: true,
                filter: "written is not null");

            migrationBuilder.CreateIndex(
                name: "ux_topic_responses_link",
                schema: "interaction",
                table: "topic_responses",
                columns: new[] { "topic_id", "part", "document_id" },
                unique: true,
                filter: "written is null");

            migrationBuilder.CreateIndex(
                name: "ix_topic_sources_reference",
                schema: "interaction",
                table: "topic_sources",
                columns: new[] { "kind", "reference" });

            migrationBuilder.CreateIndex(
                name: "ux_topic_sources_reference",
                schema: "interaction",
                table: "topic_sources",
                columns: new[] { "topic_id", "kind", "reference" },
                unique: true,
                filter: "reference <> ''");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hot_topic_steps",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "topic_responses",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "topic_sources",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "hot_topics",
                schema: "interaction");

            migrationBuilder.DropSequence(
                name: "hot_topic_serials",
                schema: "interaction");
        }
    }
}
