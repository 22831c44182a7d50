using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class Requests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "request_counters",
                schema: "disclosure",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_counters", x => new { x.organisation_id, x.year });
                });

            migrationBuilder.CreateTable(
                name: "request_hash_keys",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    wrapped = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_hash_keys", x => x.id);
                    table.CheckConstraint("ck_request_hash_keys_one", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "request_windows",
                schema: "disclosure",
                columns: table => new
                {
                    bucket = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_windows", x => new { x.bucket, x.starts_at });
                });

            migrationBuilder.CreateTable(
                name: "requests",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    form_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    channel = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    applicant_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    title = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    document_number = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    form = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    delivery = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    sealed_key = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    applicant_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    handler_id = table.Column<Guid>(type: "uuid", nullable: true),
                    handler_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    received_on = table.Column<DateOnly>(type: "date", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    calendar_version = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    awaits = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true),
                    outcome = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_requests", x => x.id);
                    table.CheckConstraint("ck_requests_outcome", "outcome is not null or closed_on is null and state not in ('Answered', 'Delivered', 'Abandoned', 'Withdrawn', 'Archived')");
                });

            migrationBuilder.CreateTable(
                name: "request_events",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
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
                    table.PrimaryKey("pk_request_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_request_events_requests_request_id",
                        column: x => x.request_id,
                        principalSchema: "disclosure",
                        principalTable: "requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "request_papers",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    blob_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_papers", x => x.id);
                    table.ForeignKey(
                        name: "fk_request_papers_requests_request_id",
                        column: x => x.request_id,
                        principalSchema: "disclosure",
                        principalTable: "requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_request_events_sequence",
                schema: "disclosure",
                table: "request_events",
                columns: new[] { "request_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_request_papers_request",
                schema: "disclosure",
                table: "request_papers",
                columns: new[] { "request_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_request_windows_starts_at",
                schema: "disclosure",
                table: "request_windows",
                column: "starts_at");

            migrationBuilder.CreateIndex(
                name: "ix_requests_applicant",
                schema: "disclosure",
                table: "requests",
                columns: new[] { "site_id", "applicant_hash", "submitted_at" },
                filter: "applicant_hash is not null");

            migrationBuilder.CreateIndex(
                name: "ix_requests_due",
                schema: "disclosure",
                table: "requests",
                columns: new[] { "site_id", "due_on", "id" },
                filter: "due_on is not null");

            migrationBuilder.CreateIndex(
                name: "ix_requests_handler",
                schema: "disclosure",
                table: "requests",
                column: "handler_id",
                filter: "closed_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_requests_newest",
                schema: "disclosure",
                table: "requests",
                columns: new[] { "site_id", "submitted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_requests_received",
                schema: "disclosure",
                table: "requests",
                columns: new[] { "organisation_id", "received_on" });

            migrationBuilder.CreateIndex(
                name: "ux_requests_form",
                schema: "disclosure",
                table: "requests",
                column: "form_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_requests_number",
                schema: "disclosure",
                table: "requests",
                columns: new[] { "site_id", "number" },
                unique: true);

            migrationBuilder.Sql(
                """
                create trigger append_only before update or delete on disclosure.request_events
                  for each row execute function disclosure.refuse_change();
                create trigger append_only before update or delete on disclosure.request_papers
                  for each row execute function disclosure.refuse_change();
                create trigger no_delete before delete on disclosure.requests
                  for each row execute function disclosure.refuse_change();
                create trigger no_delete before delete on disclosure.request_counters
                  for each row execute function disclosure.refuse_change();

                create function disclosure.guard_request() returns trigger language plpgsql as $$
                begin
                  if (new.id, new.site_id, new.organisation_id, new.number, new.form_id, new.code_hash, new.channel,
                      new.applicant_kind, new.title, new.submitted_at, new.text_hash)
                    is distinct from (old.id, old.site_id, old.organisation_id, old.number, old.form_id, old.code_hash,
                      old.channel, old.applicant_kind, old.title, old.submitted_at, old.text_hash) then
                    raise exception 'what request % asks never changes', old.number using errcode = 'P0001';
                  end if;
                  if old.outcome is not null and new.outcome is distinct from old.outcome then
                    raise exception 'the outcome of request % is chosen once', old.number using errcode = 'P0001';
                  end if;
                  if new.sealed_key is distinct from old.sealed_key and new.sealed_key is not null then
                    raise exception 'the key of request % can only be destroyed', old.number using errcode = 'P0001';
                  end if;
                  return new;
                end $$;

                create trigger guard before update on disclosure.requests
                  for each row execute function disclosure.guard_request();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "request_counters",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "request_events",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "request_hash_keys",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "request_papers",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "request_windows",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "requests",
                schema: "disclosure");

            migrationBuilder.Sql("drop function if exists disclosure.guard_request();");
        }
    }
}
