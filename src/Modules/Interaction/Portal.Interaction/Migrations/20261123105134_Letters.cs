using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class Letters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "letter_serials",
                schema: "interaction");

            migrationBuilder.CreateTable(
                name: "letter_hash_keys",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    wrapped = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_hash_keys", x => x.id);
                    table.CheckConstraint("ck_letter_hash_keys_one", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "mailboxes",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    holder = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    introduction = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    keeper = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailboxes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "letters",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    form_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    channel = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    may_publish = table.Column<bool>(type: "boolean", nullable: false),
                    suspicion = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    sealed_key = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    lead_site_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lead_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    handler_id = table.Column<Guid>(type: "uuid", nullable: true),
                    handler_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    calendar_version = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    accepted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    replied_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    awaits_head = table.Column<bool>(type: "boolean", nullable: false),
                    rating = table.Column<int>(type: "integer", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letters", x => x.id);
                    table.CheckConstraint("ck_letters_merged", "(state = 'Merged') = (merged_into is not null)");
                    table.CheckConstraint("ck_letters_rating", "rating between 1 and 5");
                    table.ForeignKey(
                        name: "fk_letters_letters_merged_into",
                        column: x => x.merged_into,
                        principalSchema: "interaction",
                        principalTable: "letters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_letters_mailboxes_mailbox_id",
                        column: x => x.mailbox_id,
                        principalSchema: "interaction",
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "letter_assignments",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    letter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    leads = table.Column<bool>(type: "boolean", nullable: false),
                    inner_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    assigned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_assignments", x => x.id);
                    table.ForeignKey(
                        name: "fk_letter_assignments_letters_letter_id",
                        column: x => x.letter_id,
                        principalSchema: "interaction",
                        principalTable: "letters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "letter_events",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    letter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    trigger = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    actor_unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    facts = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_letter_events_letters_letter_id",
                        column: x => x.letter_id,
                        principalSchema: "interaction",
                        principalTable: "letters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "letter_papers",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    letter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    blob_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_papers", x => x.id);
                    table.ForeignKey(
                        name: "fk_letter_papers_letters_letter_id",
                        column: x => x.letter_id,
                        principalSchema: "interaction",
                        principalTable: "letters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_letter_assignments_open",
                schema: "interaction",
                table: "letter_assignments",
                columns: new[] { "unit_site_id", "inner_due_on", "letter_id" },
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_letter_assignments_unit",
                schema: "interaction",
                table: "letter_assignments",
                columns: new[] { "letter_id", "unit_site_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_letter_events_sequence",
                schema: "interaction",
                table: "letter_events",
                columns: new[] { "letter_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_letter_papers_letter",
                schema: "interaction",
                table: "letter_papers",
                columns: new[] { "letter_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_letters_content",
                schema: "interaction",
                table: "letters",
                columns: new[] { "site_id", "content_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_letters_due",
                schema: "interaction",
                table: "letters",
                columns: new[] { "site_id", "due_on", "id" },
                filter: "due_on is not null");

            migrationBuilder.CreateIndex(
                name: "ix_letters_handler",
                schema: "interaction",
                table: "letters",
                column: "handler_id",
                filter: "closed_on is null and handler_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_letters_lead",
                schema: "interaction",
                table: "letters",
                columns: new[] { "lead_site_id", "due_on", "id" },
                filter: "lead_site_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_letters_mailbox_id",
                schema: "interaction",
                table: "letters",
                column: "mailbox_id");

            migrationBuilder.CreateIndex(
                name: "ix_letters_merged_into",
                schema: "interaction",
                table: "letters",
                column: "merged_into");

            migrationBuilder.CreateIndex(
                name: "ix_letters_newest",
                schema: "interaction",
                table: "letters",
                columns: new[] { "site_id", "submitted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_letters_form",
                schema: "interaction",
                table: "letters",
                column: "form_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_letters_number",
                schema: "interaction",
                table: "letters",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_mailboxes_key",
                schema: "interaction",
                table: "mailboxes",
                columns: new[] { "site_id", "key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "letter_assignments",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "letter_events",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "letter_hash_keys",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "letter_papers",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "letters",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "mailboxes",
                schema: "interaction");

            migrationBuilder.DropSequence(
                name: "letter_serials",
                schema: "interaction");
        }
    }
}
