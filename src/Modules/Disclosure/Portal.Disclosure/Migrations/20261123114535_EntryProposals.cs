using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class EntryProposals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "entry_proposals",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    state = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    contributors = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    author_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    author_unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entry_proposals", x => x.id);
                    table.ForeignKey(
                        name: "fk_entry_proposals_directory_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "disclosure",
                        principalTable: "directory_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "entry_proposal_reviews",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    proposal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    stage = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    decision = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    opinion = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    secrecy_checked = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entry_proposal_reviews", x => x.id);
                    table.ForeignKey(
                        name: "fk_entry_proposal_reviews_entry_proposals_proposal_id",
                        column: x => x.proposal_id,
                        principalSchema: "disclosure",
                        principalTable: "entry_proposals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_entry_proposal_reviews_person",
                schema: "disclosure",
                table: "entry_proposal_reviews",
                columns: new[] { "proposal_id", "round", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_entry_proposal_reviews_stage",
                schema: "disclosure",
                table: "entry_proposal_reviews",
                columns: new[] { "proposal_id", "round", "stage" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_entry_proposals_site",
                schema: "disclosure",
                table: "entry_proposals",
                columns: new[] { "site_id", "submitted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_entry_proposals_waiting",
                schema: "disclosure",
                table: "entry_proposals",
                columns: new[] { "state", "submitted_at" },
                filter: "state like 'Awaiting%'");

            migrationBuilder.CreateIndex(
                name: "ux_entry_proposals_entry",
                schema: "disclosure",
                table: "entry_proposals",
                column: "entry_id",
                unique: true,
                filter: "entry_id is not null and state not in ('Released', 'Dropped')");

            migrationBuilder.Sql(
                """
                create trigger append_only before update or delete on disclosure.entry_proposal_reviews
                  for each row execute function disclosure.refuse_change();
                create trigger no_delete before delete on disclosure.entry_proposals
                  for each row execute function disclosure.refuse_change();

                -- Opinion art. 12: three reviews, in their order, of the same content, each by another person, none of
                -- whom has worked on it. What the application sees to, the database refuses as well.
                create function disclosure.guard_proposal_review() returns trigger language plpgsql as $$
                declare
                  proposal disclosure.entry_proposals%rowtype;
                begin
                  select * into strict proposal from disclosure.entry_proposals where id = new.proposal_id for update;
                  if new.content_hash <> proposal.content_hash or new.round <> proposal.round then
                    raise exception 'a review of other content than proposal % has', proposal.id using errcode = 'P0001';
                  end if;
                  if new.person_id = any(proposal.contributors) then
                    raise exception 'nobody reviews a proposal they have worked on' using errcode = 'P0001';
                  end if;
                  if new.stage = 'First' and new.decision = 'Approved' and not new.secrecy_checked then
                    raise exception 'a first review without a secrecy check' using errcode = 'P0001';
                  end if;
                  if new.stage <> 'First' and not exists (
                      select from disclosure.entry_proposal_reviews before
                      where before.proposal_id = new.proposal_id and before.round = new.round and before.decision = 'Approved'
                        and before.stage = case new.stage when 'Second' then 'First' else 'Second' end) then
                    raise exception 'a review before the one it follows' using errcode = 'P0001';
                  end if;
                  return new;
                end $$;
                create trigger guard before insert on disclosure.entry_proposal_reviews
                  for each row execute function disclosure.guard_proposal_review();

                create function disclosure.guard_proposal() returns trigger language plpgsql as $$
                begin
                  if tg_op = 'UPDATE' and old.state in ('Released', 'Dropped') then
                    raise exception 'proposal % is closed', old.id using errcode = 'P0001';
                  end if;
                  if tg_op = 'UPDATE' and new.content_hash <> old.content_hash
                      and (old.state <> 'Returned' or new.round <= old.round) then
                    raise exception 'proposal % is under review', old.id using errcode = 'P0001';
                  end if;
                  if new.state = 'Released' and 3 <> (
                      select count(distinct person_id) from disclosure.entry_proposal_reviews
                      where proposal_id = new.id and round = new.round and content_hash = new.content_hash
                        and decision = 'Approved') then
                    raise exception 'proposal % lacks reviews', new.id using errcode = 'P0001';
                  end if;
                  return new;
                end $$;
                create trigger guard before insert or update on disclosure.entry_proposals
                  for each row execute function disclosure.guard_proposal();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "entry_proposal_reviews",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "entry_proposals",
                schema: "disclosure");

            migrationBuilder.Sql(
                "drop function if exists disclosure.guard_proposal_review(); drop function if exists disclosure.guard_proposal();");
        }
    }
}
