using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Audit.Migrations
{
    /// <summary>
    /// What is sealed is never changed, whoever asks: the triggers fire for the owner and for replication too. Somebody
    /// who may drop them is found by the verification.
    /// </summary>
    public partial class Guards : Migration
    {
        private static readonly string[] Tables = ["entries", "tree_nodes", "checkpoints"];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                create function audit.refuse_change() returns trigger language plpgsql as $$
                begin
                  raise exception 'rows of audit.% are never changed', tg_table_name using errcode = 'P0001';
                end $$;
                """);
            foreach (var table in Tables)
            {
                migrationBuilder.Sql(
                    $"""
                    create trigger append_only before update or delete on audit.{table}
                      for each row execute function audit.refuse_change();
                    create trigger no_truncate before truncate on audit.{table}
                      for each statement execute function audit.refuse_change();
                    alter table audit.{table} enable always trigger append_only;
                    alter table audit.{table} enable always trigger no_truncate;
                    """);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in Tables)
            {
                migrationBuilder.Sql(
                    $"""
                    drop trigger append_only on audit.{table};
                    drop trigger no_truncate on audit.{table};
                    """);
            }

            migrationBuilder.Sql("drop function audit.refuse_change();");
        }
    }
}
