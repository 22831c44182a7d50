using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class Signals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "signal_feeds",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    address = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    words = table.Column<string[]>(type: "text[]", nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    entity_tag = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    last_modified = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tried_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    new_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_feeds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signals",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    noticed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    evidence = table.Column<string>(type: "jsonb", nullable: false),
                    fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    topic_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signals", x => x.id);
                    table.CheckConstraint("ck_signals_topic", "(state in ('Opened', 'Joined')) = (topic_id is not null)");
                });

            migrationBuilder.CreateTable(
                name: "signal_judgements",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    signal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    actor_unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    verdict = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    topic_id = table.Column<Guid>(type: "uuid", nullable: true),
                    topic_title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_judgements", x => x.id);
                    table.ForeignKey(
                        name: "fk_signal_judgements_signals_signal_id",
                        column: x => x.signal_id,
                        principalSchema: "interaction",
                        principalTable: "signals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ux_signal_feeds_address",
                schema: "interaction",
                table: "signal_feeds",
                columns: new[] { "site_id", "address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signal_judgements_signal",
                schema: "interaction",
                table: "signal_judgements",
                columns: new[] { "signal_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_newest",
                schema: "interaction",
                table: "signals",
                columns: new[] { "noticed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_open",
                schema: "interaction",
                table: "signals",
                columns: new[] { "site_id", "noticed_at" },
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_signals_site",
                schema: "interaction",
                table: "signals",
                columns: new[] { "site_id", "noticed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_surge",
                schema: "interaction",
                table: "signals",
                columns: new[] { "site_id", "seen_at" },
                filter: "source = 'Surge'");

            migrationBuilder.CreateIndex(
                name: "ix_signals_topic",
                schema: "interaction",
                table: "signals",
                column: "topic_id",
                filter: "topic_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_signals_fingerprint",
                schema: "interaction",
                table: "signals",
                columns: new[] { "site_id", "fingerprint" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "signal_feeds",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "signal_judgements",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "signals",
                schema: "interaction");
        }
    }
}
