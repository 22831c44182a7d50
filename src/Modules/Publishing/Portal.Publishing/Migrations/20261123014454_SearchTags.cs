using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Publishing.Migrations
{
    /// <summary>
    /// Site, type and year stand in the vectors as lexemes. The texts move out of the rows, so that sorting thousands of
    /// hits by date reads few pages; walking by date read a vector a row and goes. The indexes are built anew, because
    /// every vector changes: some minutes for some hundred thousand documents, in which search waits.
    /// </summary>
    public partial class SearchTags : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_search_recent",
                schema: "publishing",
                table: "search_entries");
            migrationBuilder.Sql(
                """
                -- A release that does not know the tags yet gets them here.
                create or replace function publishing.vectorise() returns trigger language plpgsql as $$
                declare
                  tags text[] := array['#s' || replace(new.site_id::text, '-', ''), '#t' || new.type, '#y' || new.year];
                begin
                  new.title_vector := case when new.title_grams is not null
                    then array_to_tsvector(new.title_grams || tags) end;
                  new.text_vector := array_to_tsvector(coalesce(new.text_grams, '{}') || tags);
                  new.title_grams := null;
                  new.text_grams := null;
                  return new;
                end $$;

                drop index publishing.ix_search_title, publishing.ix_search_text;
                alter table publishing.search_entries set (toast_tuple_target = 512);
                update publishing.search_entries set
                  title_vector = title_vector
                    || array_to_tsvector(array['#s' || replace(site_id::text, '-', ''), '#t' || type, '#y' || year]),
                  text_vector = text_vector
                    || array_to_tsvector(array['#s' || replace(site_id::text, '-', ''), '#t' || type, '#y' || year]);
                set local maintenance_work_mem = '256MB';
                create index ix_search_title on publishing.search_entries using gin (title_vector);
                create index ix_search_text on publishing.search_entries using gin (text_vector);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Forward only.
        }
    }
}
