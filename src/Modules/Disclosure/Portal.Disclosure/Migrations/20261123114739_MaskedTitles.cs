using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Disclosure.Migrations
{
    /// <inheritdoc />
    public partial class MaskedTitles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            // As Masking.InText masks: the numbers of persons and telephones, all but the last four digits.
            migrationBuilder.Sql(
                """
                update disclosure.requests set title =
                  regexp_replace(regexp_replace(regexp_replace(title,
                    '[0-9]{14}([0-9]{3}[0-9Xx])', repeat('*', 14) || '\1', 'g'),
                    '[0-9]{11}([0-9]{4})', repeat('*', 11) || '\1', 'g'),
                    '1[3-9][0-9]{5}([0-9]{4})', repeat('*', 7) || '\1', 'g')
                where title ~ '[0-9]{11}'
                """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // What is masked is gone, and no column has changed.
        }
    }
}
