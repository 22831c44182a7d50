using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class LetterCopies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "on_time",
                schema: "interaction",
                table: "letters",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "workdays",
                schema: "interaction",
                table: "letters",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "letter_copies",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    letter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    unit_site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    accepted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    replied_on = table.Column<DateOnly>(type: "date", nullable: false),
                    workdays = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    reply_paper_id = table.Column<Guid>(type: "uuid", nullable: false),
                    masks = table.Column<string>(type: "jsonb", nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_by_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    grams = table.Column<string[]>(type: "text[]", nullable: true),
                    row_version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_copies", x => x.id);
                    table.ForeignKey(
                        name: "fk_letter_copies_letters_letter_id",
                        column: x => x.letter_id,
                        principalSchema: "interaction",
                        principalTable: "letters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "letter_copy_parts",
                schema: "interaction",
                columns: table => new
                {
                    copy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_copy_parts", x => new { x.copy_id, x.position });
                    table.ForeignKey(
                        name: "fk_letter_copy_parts_letter_copies_copy_id",
                        column: x => x.copy_id,
                        principalSchema: "interaction",
                        principalTable: "letter_copies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_letter_copies_kind",
                schema: "interaction",
                table: "letter_copies",
                columns: new[] { "site_id", "kind", "replied_on", "id" },
                filter: "state = 'Published'");

            migrationBuilder.CreateIndex(
                name: "ix_letter_copies_mailbox",
                schema: "interaction",
                table: "letter_copies",
                columns: new[] { "site_id", "mailbox_id", "replied_on", "id" },
                filter: "state = 'Published'");

            migrationBuilder.CreateIndex(
                name: "ix_letter_copies_newest",
                schema: "interaction",
                table: "letter_copies",
                columns: new[] { "site_id", "replied_on", "id" },
                filter: "state = 'Published'");

            migrationBuilder.CreateIndex(
                name: "ix_letter_copies_number",
                schema: "interaction",
                table: "letter_copies",
                columns: new[] { "site_id", "number", "version" });

            migrationBuilder.CreateIndex(
                name: "ix_letter_copies_unit",
                schema: "interaction",
                table: "letter_copies",
                columns: new[] { "site_id", "unit_site_id", "replied_on", "id" },
                filter: "state = 'Published'");

            migrationBuilder.CreateIndex(
                name: "ux_letter_copies_proposed",
                schema: "interaction",
                table: "letter_copies",
                column: "letter_id",
                unique: true,
                filter: "state = 'Proposed'");

            migrationBuilder.CreateIndex(
                name: "ux_letter_copies_published",
                schema: "interaction",
                table: "letter_copies",
                column: "letter_id",
                unique: true,
                filter: "state = 'Published'");

            migrationBuilder.CreateIndex(
                name: "ux_letter_copies_version",
                schema: "interaction",
                table: "letter_copies",
                columns: new[] { "letter_id", "version" },
                unique: true);

            migrationBuilder.Sql(
                """
                -- Words lie outside the rows, so that a page of the table holds many of them.
                alter table interaction.letter_copies add column search_vector tsvector not null default ''::tsvector;
                alter table interaction.letter_copies set (toast_tuple_target = 512);
                create index ix_letter_copies_search on interaction.letter_copies using gin (search_vector) where state = 'Published';

                create function interaction.refuse_copy_change() returns trigger language plpgsql as $$
                begin
                  raise exception 'what becomes public of a letter is never changed' using errcode = 'P0001';
                end $$;

                create function interaction.guard_copy() returns trigger language plpgsql as $$
                begin
                  if tg_op = 'UPDATE' and (new.id, new.letter_id, new.site_id, new.version, new.number, new.mailbox_id, new.kind,
                      new.unit_site_id, new.unit_name, new.received_on, new.replied_on, new.workdays, new.outcome, new.title,
                      new.content_hash, new.masks, new.proposed_by, new.proposed_at) is distinct from (old.id, old.letter_id,
                      old.site_id, old.version, old.number, old.mailbox_id, old.kind, old.unit_site_id, old.unit_name,
                      old.received_on, old.replied_on, old.workdays, old.outcome, old.title, old.content_hash, old.masks,
                      old.proposed_by, old.proposed_at) then
                    raise exception 'the words of copy % never change', old.id using errcode = 'P0001';
                  end if;
                  if new.grams is not null then
                    new.search_vector := array_to_tsvector(new.grams);
                    new.grams := null;
                  end if;
                  return new;
                end $$;

                create trigger guard before insert or update on interaction.letter_copies
                  for each row execute function interaction.guard_copy();
                create trigger no_delete before delete on interaction.letter_copies
                  for each row execute function interaction.refuse_copy_change();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "letter_copy_parts",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "letter_copies",
                schema: "interaction");

            migrationBuilder.DropColumn(
                name: "on_time",
                schema: "interaction",
                table: "letters");

            migrationBuilder.DropColumn(
                name: "workdays",
                schema: "interaction",
                table: "letters");
            migrationBuilder.Sql("drop function interaction.guard_copy(); drop function interaction.refuse_copy_change();");
        }
    }
}
