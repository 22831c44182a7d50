using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class Directory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "directories",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    last_sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directories", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_changes",
                schema: "disclosure",
                columns: table => new
                {
                    directory_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_changes", x => new { x.directory_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "directory_entries",
                schema: "disclosure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    directory_id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_path = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    index_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    index_scheme = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    origin = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: true),
                    document_type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    source_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: false),
                    code_versions = table.Column<string>(type: "jsonb", nullable: false),
                    missing = table.Column<string[]>(type: "text[]", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    number_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    written_on = table.Column<DateOnly>(type: "date", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    subject_class = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    subject = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    genre = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    statutory_item = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    five_openness = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    validity = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    body = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    withdrawn_by_staff = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    document_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    document_sequence = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    title_grams = table.Column<string[]>(type: "text[]", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_listings",
                schema: "disclosure",
                columns: table => new
                {
                    scope_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_class = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    subject = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    genre = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    statutory_item = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    five_openness = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    validity = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_listings", x => new { x.scope_id, x.entry_id });
                });

            migrationBuilder.CreateTable(
                name: "document_metadata",
                schema: "disclosure",
                columns: table => new
                {
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    values = table.Column<string>(type: "jsonb", nullable: false),
                    code_versions = table.Column<string>(type: "jsonb", nullable: false),
                    facts_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    confirmed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    confirmed_by_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    updated_by = table.Column<Guid>(type: "uuid", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_metadata", x => x.document_id);
                });

            migrationBuilder.CreateTable(
                name: "index_counters",
                schema: "disclosure",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(18)", maxLength: 18, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_index_counters", x => new { x.code, x.year });
                });

            migrationBuilder.CreateTable(
                name: "entry_relations",
                schema: "disclosure",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    other_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    other = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entry_relations", x => new { x.entry_id, x.kind, x.other_key });
                    table.ForeignKey(
                        name: "fk_entry_relations_directory_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "disclosure",
                        principalTable: "directory_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_directory_changes_version",
                schema: "disclosure",
                table: "directory_changes",
                columns: new[] { "entry_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_entries_missing",
                schema: "disclosure",
                table: "directory_entries",
                column: "missing",
                filter: "missing <> '{}'")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_directory_entries_number",
                schema: "disclosure",
                table: "directory_entries",
                column: "number_key",
                filter: "number_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_directory_entries_site",
                schema: "disclosure",
                table: "directory_entries",
                columns: new[] { "site_id", "published_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_directory_entries_document",
                schema: "disclosure",
                table: "directory_entries",
                column: "document_id",
                unique: true,
                filter: "document_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_directory_entries_index_number",
                schema: "disclosure",
                table: "directory_entries",
                column: "index_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_listings_entry",
                schema: "disclosure",
                table: "directory_listings",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_directory_listings_five",
                schema: "disclosure",
                table: "directory_listings",
                columns: new[] { "scope_id", "five_openness", "published_at", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_listings_genre",
                schema: "disclosure",
                table: "directory_listings",
                columns: new[] { "scope_id", "genre", "published_at", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_listings_item",
                schema: "disclosure",
                table: "directory_listings",
                columns: new[] { "scope_id", "statutory_item", "published_at", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_listings_newest",
                schema: "disclosure",
                table: "directory_listings",
                columns: new[] { "scope_id", "published_at", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_listings_site",
                schema: "disclosure",
                table: "directory_listings",
                columns: new[] { "scope_id", "site_id", "published_at", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_listings_subject",
                schema: "disclosure",
                table: "directory_listings",
                columns: new[] { "scope_id", "subject_class", "published_at", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_entry_relations_other",
                schema: "disclosure",
                table: "entry_relations",
                column: "other_key");

            migrationBuilder.Sql(
                """
                create function disclosure.refuse_change() returns trigger language plpgsql as $$
                begin
                  raise exception 'rows of % are never changed', tg_table_name using errcode = 'P0001';
                end $$;

                create trigger append_only before update or delete on disclosure.directory_changes
                  for each row execute function disclosure.refuse_change();
                create trigger no_delete before delete on disclosure.directory_entries
                  for each row execute function disclosure.refuse_change();
                create trigger no_delete before delete on disclosure.index_counters
                  for each row execute function disclosure.refuse_change();

                -- Metadata and texts lie outside the rows, so that a page of the table holds many titles.
                alter table disclosure.directory_entries add column title_vector tsvector not null default ''::tsvector;
                alter table disclosure.directory_entries set (toast_tuple_target = 512);
                create index ix_directory_entries_title on disclosure.directory_entries using gin (title_vector);

                create function disclosure.guard_entry() returns trigger language plpgsql as $$
                begin
                  if tg_op = 'UPDATE' and (new.id, new.index_number, new.index_scheme, new.site_id, new.directory_id,
                      new.document_id, new.created_at) is distinct from (old.id, old.index_number, old.index_scheme,
                      old.site_id, old.directory_id, old.document_id, old.created_at) then
                    raise exception 'number and origin of entry % never change', old.index_number using errcode = 'P0001';
                  end if;
                  if tg_op = 'UPDATE' and new.version < old.version then
                    raise exception 'the version of entry % never falls', old.index_number using errcode = 'P0001';
                  end if;
                  if new.title_grams is not null then
                    new.title_vector := array_to_tsvector(new.title_grams);
                    new.title_grams := null;
                  end if;
                  return new;
                end $$;

                create trigger guard before insert or update on disclosure.directory_entries
                  for each row execute function disclosure.guard_entry();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "directories",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "directory_changes",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "directory_listings",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "document_metadata",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "entry_relations",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "index_counters",
                schema: "disclosure");

            migrationBuilder.DropTable(
                name: "directory_entries",
                schema: "disclosure");

            migrationBuilder.Sql(
                "drop function if exists disclosure.guard_entry(); drop function if exists disclosure.refuse_change();");
        }
    }
}
