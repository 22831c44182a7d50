using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Publishing.Migrations
{
    /// <summary>
    /// Writing what the public reads costs the database half as much: long texts are packed with lz4 where the server has
    /// it, vectors are not packed at all (they hardly shrink), ready-made vectors pass by the trigger, and whoever adds
    /// many index entries can have them taken in at once.
    /// </summary>
    public partial class LeanSearchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                do $$ begin
                  alter table publishing.editions alter column body set compression lz4;
                  alter table publishing.published_pages alter column html set compression lz4;
                exception when feature_not_supported then null; end $$;
                alter table publishing.search_entries
                  alter column text_vector set storage external;

                create or replace trigger vectorise before insert on publishing.search_entries
                  for each row when (new.title_grams is not null or new.text_grams is not null)
                  execute function publishing.vectorise();

                -- Only the owner of an index may do this; the module's role is not.
                create function publishing.settle_search() returns bigint language sql security definer
                  set search_path = pg_catalog set maintenance_work_mem = '64MB' as $$
                  select gin_clean_pending_list('publishing.ix_search_title')
                    + gin_clean_pending_list('publishing.ix_search_text');
                $$;
                revoke execute on function publishing.settle_search() from public;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Forward only.
        }
    }
}
