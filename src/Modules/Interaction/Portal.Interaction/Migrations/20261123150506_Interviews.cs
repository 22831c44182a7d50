using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class Interviews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "interview_question_serials",
                schema: "interaction");

            migrationBuilder.CreateTable(
                name: "interviews",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    topic = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    summary = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    guests = table.Column<string>(type: "jsonb", nullable: false),
                    host = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    place = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    picture = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    picture_alt = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    notice_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    state = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    is_paused = table.Column<bool>(type: "boolean", nullable: false),
                    announced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    live_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    public_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    digest = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    transcript = table.Column<string>(type: "jsonb", nullable: true),
                    notice_path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    transcript_path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    last_utterance = table.Column<int>(type: "integer", nullable: false),
                    last_signal = table.Column<long>(type: "bigint", nullable: false),
                    grams = table.Column<string[]>(type: "text[]", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interviews", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "interview_events",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    interview_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    trigger = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    state = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    actor_unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interview_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_interview_events_interviews_interview_id",
                        column: x => x.interview_id,
                        principalSchema: "interaction",
                        principalTable: "interviews",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "interview_questions",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    interview_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    form_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    phone_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    wants_answer = table.Column<bool>(type: "boolean", nullable: false),
                    suspicion = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    sealed_key = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    public_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    public_text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    reason = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    letter_number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    selected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interview_questions", x => x.id);
                    table.CheckConstraint("ck_interview_questions_merged", "(state = 'Merged') = (merged_into is not null)");
                    table.ForeignKey(
                        name: "fk_interview_questions_interview_questions_merged_into",
                        column: x => x.merged_into,
                        principalSchema: "interaction",
                        principalTable: "interview_questions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_interview_questions_interviews_interview_id",
                        column: x => x.interview_id,
                        principalSchema: "interaction",
                        principalTable: "interviews",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "interview_signals",
                schema: "interaction",
                columns: table => new
                {
                    interview_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interview_signals", x => new { x.interview_id, x.sequence });
                    table.ForeignKey(
                        name: "fk_interview_signals_interviews_interview_id",
                        column: x => x.interview_id,
                        principalSchema: "interaction",
                        principalTable: "interviews",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "interview_utterances",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    interview_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    form_id = table.Column<Guid>(type: "uuid", nullable: false),
                    speaker = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    guest = table.Column<int>(type: "integer", nullable: false),
                    question_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    replaces = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interview_utterances", x => x.id);
                    table.ForeignKey(
                        name: "fk_interview_utterances_interview_questions_question_id",
                        column: x => x.question_id,
                        principalSchema: "interaction",
                        principalTable: "interview_questions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_interview_utterances_interviews_interview_id",
                        column: x => x.interview_id,
                        principalSchema: "interaction",
                        principalTable: "interviews",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_interview_events_sequence",
                schema: "interaction",
                table: "interview_events",
                columns: new[] { "interview_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_interview_questions_content",
                schema: "interaction",
                table: "interview_questions",
                columns: new[] { "interview_id", "content_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_interview_questions_merged_into",
                schema: "interaction",
                table: "interview_questions",
                column: "merged_into");

            migrationBuilder.CreateIndex(
                name: "ix_interview_questions_phone",
                schema: "interaction",
                table: "interview_questions",
                columns: new[] { "interview_id", "phone_hash" },
                filter: "phone_hash is not null");

            migrationBuilder.CreateIndex(
                name: "ix_interview_questions_queue",
                schema: "interaction",
                table: "interview_questions",
                columns: new[] { "interview_id", "state", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_interview_questions_form",
                schema: "interaction",
                table: "interview_questions",
                column: "form_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_interview_questions_number",
                schema: "interaction",
                table: "interview_questions",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_interview_utterances_question_id",
                schema: "interaction",
                table: "interview_utterances",
                column: "question_id");

            migrationBuilder.CreateIndex(
                name: "ux_interview_utterances_form",
                schema: "interaction",
                table: "interview_utterances",
                columns: new[] { "interview_id", "form_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_interview_utterances_sequence",
                schema: "interaction",
                table: "interview_utterances",
                columns: new[] { "interview_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_interviews_grams",
                schema: "interaction",
                table: "interviews",
                column: "grams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_interviews_start",
                schema: "interaction",
                table: "interviews",
                columns: new[] { "site_id", "starts_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_interviews_key",
                schema: "interaction",
                table: "interviews",
                columns: new[] { "site_id", "key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "interview_events",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "interview_signals",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "interview_utterances",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "interview_questions",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "interviews",
                schema: "interaction");

            migrationBuilder.DropSequence(
                name: "interview_question_serials",
                schema: "interaction");
        }
    }
}
