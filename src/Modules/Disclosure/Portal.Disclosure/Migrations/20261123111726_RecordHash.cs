using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class RecordHash : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "record_hash",
                schema: "disclosure",
                table: "directory_entries",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            // The canonical text of what the change feed tells of an entry, as RecordHash writes it: members in their order,
            // no blanks, texts escaped as PostgreSQL and RFC 8785 both escape them.
            migrationBuilder.Sql(
                """
                create function disclosure.canonical_text(value jsonb) returns text language sql immutable as $body$
                  select case jsonb_typeof(value)
                    when 'object' then '{' || coalesce((
                      select string_agg(to_json(member.key)::text || ':' || disclosure.canonical_text(member.value), ',' order by member.key collate "C")
                      from jsonb_each(value) as member), '') || '}'
                    when 'array' then '[' || coalesce((
                      select string_agg(disclosure.canonical_text(item.value), ',' order by item.place)
                      from jsonb_array_elements(value) with ordinality as item(value, place)), '') || ']'
                    when 'string' then to_json(value #>> '{}')::text
                    else value::text end
                $body$;

                update disclosure.directory_entries set record_hash = encode(sha256(convert_to(disclosure.canonical_text(
                  jsonb_strip_nulls(case when state = 'Listed'
                    then jsonb_build_object(
                      'kind', 'upsert', 'indexNumber', index_number, 'metadata', metadata, 'codeVersions', code_versions,
                      'body', body, 'reason', reason, 'publishedAt',
                      rtrim(rtrim(to_char(published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || '+00:00')
                    else jsonb_build_object('kind', 'tombstone', 'indexNumber', index_number, 'reason', reason) end)), 'UTF8')), 'hex');

                drop function disclosure.canonical_text(jsonb);

                -- What came in so far came with a hash that nobody has verified: it is taken once more when it comes again.
                update disclosure.docked_records set content_hash = '';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "record_hash",
                schema: "disclosure",
                table: "directory_entries");
        }
    }
}
